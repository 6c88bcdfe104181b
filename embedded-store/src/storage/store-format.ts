/** Version of the on-disk format; raise it with any change that an older store would misread. */
export const formatVersion = 1;
/** The file that names the format of a data folder or a backup. */
export const formatFile = 'FORMAT';
export const formatLine = `embedded-store ${formatVersion}`;
