/** The format under which the palette puts a kind on a drag, and the canvas takes it off. */
export const KIND_FORMAT = 'application/x-sluice-kind';
