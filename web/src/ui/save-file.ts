/** Hands a file made in the browser to its downloads. */
export function saveFile(name: string, content: string | Blob, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  saveAddress(name, address);
  URL.revokeObjectURL(address);
}

/** The same for something that has an address already, such as a picture's data URL. */
export function saveAddress(name: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
