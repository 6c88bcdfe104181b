import styles from './flow-picture.module.css';

/** The picture of a flow, drawn on the server or here by `drawPicture`, in which all that operators wrote is escaped. */
export function FlowPicture({ svg, label }: { svg: string; label: string }) {
  return (
    // The picture takes its colours from the page: as an image it could not be seen in the dark.
    // oxlint-disable-next-line react/no-danger
    <div className={styles.picture} role="img" aria-label={label} dangerouslySetInnerHTML={{ __html: svg }} />
  );
}
