import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, vi } from 'vitest';

// happy-dom lays nothing out: antd and React Flow ask for these and only need them to exist.
class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResizeObserver;
window.matchMedia ??= (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
});

// A test looks at what is there in the end, not at something that is half faded in.
window.happyDOM.settings.device.prefersReducedMotion = 'reduce';

// A browser tells nobody that a beacon was lost; happy-dom would, once the server of the test is gone.
navigator.sendBeacon = (address, body) => {
  fetch(address, { method: 'POST', body: body ?? null }).catch(() => undefined);
  return true;
};

afterEach(() => {
  cleanup();
  localStorage.clear();
});

// What a page loads ahead of need may still be under way: taken from under it, it would fail the run and name no test.
afterAll(() => vi.dynamicImportSettled());

// On a busy machine a page takes its time; what is waited for ends the waiting as soon as it is there.
configure({ asyncUtilTimeout: 30_000 });
