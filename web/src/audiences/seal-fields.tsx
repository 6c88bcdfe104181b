import { KeyOutlined } from '@ant-design/icons';
import { type FileSeal, SHORTEST_PASSPHRASE } from '@sluice/shared/http-api';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyBlock } from '../ui/copy-block.tsx';
import { drawPassphrase } from './draw-passphrase.ts';
import styles from './seal-fields.module.css';

export type SealWay = 'open' | FileSeal['kind'];

interface SealFieldsProps {
  way: FileSeal['kind'];
  secret: string;
  /** Somebody has tried to go on: from then on what is missing is said. */
  isAsked: boolean;
  audienceName: string;
  onChange: (secret: string) => void;
}

/** For whom the file is encrypted, and how they open it. */
export function SealFields({ way, secret, isAsked, audienceName, onChange }: SealFieldsProps) {
  const { t } = useTranslation('audiences');
  const file = `${audienceName}.csv`;
  const seal = sealOf(way, secret);
  const isMissing = isAsked && seal !== undefined && !isSound(seal);
  const mistake = isMissing && {
    validateStatus: 'error' as const,
    help: t(`export.missing.${way}`, { shortest: SHORTEST_PASSPHRASE }),
  };
  return (
    <>
      {way === 'recipients' ? (
        <Form.Item label={t('export.keys')} htmlFor="export-keys" extra={t('export.keysHelp')} {...mistake}>
          <Input.TextArea
            id="export-keys"
            autoSize={{ minRows: 2, maxRows: 6 }}
            placeholder="age1…"
            spellCheck={false}
            value={secret}
            onChange={({ target }) => onChange(target.value)}
          />
        </Form.Item>
      ) : (
        <Form.Item
          label={t('export.passphrase')}
          htmlFor="export-passphrase"
          extra={t('export.passphraseHelp')}
          {...mistake}
        >
          <Input
            id="export-passphrase"
            autoComplete="off"
            spellCheck={false}
            maxLength={256}
            value={secret}
            onChange={({ target }) => onChange(target.value)}
            suffix={
              <Button
                type="link"
                size="small"
                icon={<KeyOutlined aria-hidden />}
                onClick={() => onChange(drawPassphrase())}
              >
                {t('export.draw')}
              </Button>
            }
          />
        </Form.Item>
      )}
      <p className={styles.command}>{t('export.command')}</p>
      <CopyBlock
        label={t('export.command')}
        text={`age -d${way === 'recipients' ? ' -i key.txt' : ''} -o ${quoted(file)} ${quoted(`${file}.age`)}`}
      />
    </>
  );
}

/** Undefined for a file that is left open. */
export function sealOf(way: SealWay, secret: string): FileSeal | undefined {
  if (way === 'open') return undefined;
  if (way === 'passphrase') return { kind: way, passphrase: secret };
  return { kind: way, recipients: secret.split(/[\s,]+/).filter((key) => key !== '') };
}

export function isSound(seal: FileSeal): boolean {
  return seal.kind === 'passphrase' ? seal.passphrase.length >= SHORTEST_PASSPHRASE : seal.recipients.length > 0;
}

/** A name as a shell takes it, whatever is in it. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
