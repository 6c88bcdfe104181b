import { EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const RevealDialog = lazy(async () => ({ default: (await import('./reveal-dialog.tsx')).RevealDialog }));

export interface RevealValueProps {
  profileId: string;
  attribute: string;
}

/** Shows one masked value for as long as the dialog is open; nothing keeps it afterwards. */
export function RevealValue({ profileId, attribute: name }: RevealValueProps) {
  const { t } = useTranslation('governance');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<EyeOutlined aria-hidden />}
        aria-label={t('reveal.open', { name })}
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <Suspense fallback={null}>
          <RevealDialog profileId={profileId} attribute={name} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
