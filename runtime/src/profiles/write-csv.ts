/** Cells as one row of CSV, without the end of the line. */
export function writeCsvRow(cells: readonly string[]): string {
  return cells.map(quote).join(',');
}

/** Texts from outside: one that a spreadsheet would run as a formula is made text by an apostrophe (CWE-1236). */
export function defuseFormula(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quote(cell: string): string {
  return /[",\r\n']/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
