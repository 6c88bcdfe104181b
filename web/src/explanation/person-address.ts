/** Where a person is explained in a flow: the newest run of it there, or the one that is named. */
export function personAddress(flowId: string, profileId: string, runId?: string): string {
  const query = new URLSearchParams({ mode: 'live', person: profileId, ...(runId !== undefined && { run: runId }) });
  return `/flows/${flowId}?${query}`;
}
