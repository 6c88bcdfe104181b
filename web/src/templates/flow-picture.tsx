import styles from './flow-picture.module.css';

interface FlowPictureProps {
  svg: string;
  /** Absent beside words that say what it shows. */
  label?: string;
}

/** The picture of a flow, drawn on the server or here by `drawPicture`, in which all that operators wrote is escaped. */
export function FlowPicture({ svg, label }: FlowPictureProps) {
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    // The picture takes its colours from the page: as an image it could not be seen in the dark.
    // oxlint-disable-next-line react/no-danger
    <div
      className={styles.picture}
      data-large={label !== undefined}
      {...spoken}
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
