const SCALE = 2;

/** Paints a drawing (the address of an SVG) as a PNG at twice its size, on the ground it was drawn for: its words are in the ink of that ground. */
export async function paintPng(address: string, width: number, height: number, ground = '#ffffff'): Promise<string> {
  const image = new Image(width, height);
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot paint pictures');
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}
