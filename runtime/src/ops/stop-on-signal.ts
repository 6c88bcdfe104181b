/** A stop that takes longer than this is given up: calls in flight have had their chance. */
const HARD_LIMIT_MS = 15_000;

/**
 * Stops once on SIGINT or SIGTERM and exits with 0. A second signal, or a stop that does not end in time, exits at once
 * with 1; what was acknowledged is durable either way.
 */
export function stopOnSignal(stop: () => Promise<void>, say: (sentence: string) => void): void {
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    say('Stopping');
    const limit = setTimeout(() => {
      say(`Not stopped after ${HARD_LIMIT_MS / 1000} s; leaving now.`);
      process.exit(1);
    }, HARD_LIMIT_MS);
    limit.unref();
    stop().then(
      () => process.exit(0),
      (failure: unknown) => {
        say(`Stopping failed: ${failure instanceof Error ? failure.message : String(failure)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
