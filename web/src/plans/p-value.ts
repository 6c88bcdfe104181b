/** A p-value as it is written in a sentence; very small ones only as such. */
export function formatP(pValue: number): string {
  return pValue < 0.001 ? '< 0.001' : pValue.toFixed(3);
}
