import type { Overlap } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import styles from './overlap-picture.module.css';
import { ScrollArea } from '../ui/scroll-area.tsx';

interface OverlapPictureProps {
  audiences: readonly { id: string; name: string }[];
  overlaps: readonly Overlap[];
  isKept: (overlap: Overlap) => boolean;
}

/** Columns beyond are too thin to read; the sum of the rest is told. */
const MOST_PARTS = 16;

/**
 * What audiences share: a row per audience with its size, a column per part with a bar as high as it is large; dots say in
 * which audiences the people of a part are. Parts that the result takes are in the colour of the brand.
 */
export function OverlapPicture({ audiences, overlaps, isKept }: OverlapPictureProps) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const shown = overlaps.slice(0, MOST_PARTS);
  const rest = overlaps.slice(MOST_PARTS).reduce((sum, { count }) => sum + count, 0);
  const largest = Math.max(1, ...shown.map(({ count }) => count));
  const sizeOf = (id: string) =>
    overlaps.filter((overlap) => overlap.audiences.includes(id)).reduce((sum, { count }) => sum + count, 0);
  const largestSize = Math.max(1, ...audiences.map(({ id }) => sizeOf(id)));
  const nameOf = new Map(audiences.map(({ id, name }) => [id, name]));
  const onlyIn = (overlap: Overlap) => overlap.audiences.map((id) => nameOf.get(id) ?? id).join(', ');
  return (
    <ScrollArea label={t('combine.picture')} className={styles.scroll}>
      <table className={styles.picture}>
        <caption className={styles.caption}>{t('combine.picture')}</caption>
        <thead>
          <tr>
            <td colSpan={2} className={styles.corner} />
            {shown.map((overlap) => (
              <th
                key={overlap.audiences.join()}
                scope="col"
                className={styles.part}
                data-kept={isKept(overlap)}
                title={t('combine.onlyIn', { names: onlyIn(overlap) })}
              >
                <span className={styles.count}>{format.count(overlap.count)}</span>
                <span className={styles.bar} style={{ blockSize: `${(overlap.count / largest) * 100}%` }} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {audiences.map(({ id, name }, row) => (
            <tr key={id}>
              <th scope="row" className={styles.name} title={name}>
                {name}
              </th>
              <td className={styles.size}>
                <span className={styles.sizeBar} style={{ inlineSize: `${(sizeOf(id) / largestSize) * 100}%` }} />
                <span className={styles.sizeCount}>{format.count(sizeOf(id))}</span>
              </td>
              {shown.map((overlap) => (
                <td key={overlap.audiences.join()} className={styles.cell} data-kept={isKept(overlap)}>
                  <span
                    className={styles.dot}
                    data-in={overlap.audiences.includes(id)}
                    data-joined={isJoined(overlap, audiences, row)}
                    role="img"
                    aria-label={t(overlap.audiences.includes(id) ? 'memberships.member' : 'memberships.notMember')}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className={styles.rest}>{t('combine.rest', { rest: format.count(rest) })}</p>}
    </ScrollArea>
  );
}

/** Whether a line leads from this row's dot to the next: a part is one shape from its first audience to its last. */
function isJoined(overlap: Overlap, audiences: readonly { id: string }[], row: number): boolean {
  const isIn = audiences.map(({ id }) => overlap.audiences.includes(id));
  return row >= isIn.indexOf(true) && row < isIn.lastIndexOf(true);
}
