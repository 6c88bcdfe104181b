import { UserOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ProfileSelect } from '../data/profiles/profile-select.tsx';
import styles from './explanation.module.css';
import { personAddress } from './person-address.ts';

/** Looks up where somebody is in the flow, and why, or why not. */
export function FindPerson({ flowId }: { flowId: string }) {
  const { t } = useTranslation('explanation');
  const navigate = useNavigate();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        <div className={styles.find}>
          <p className={styles.quiet}>{t('findText')}</p>
          <ProfileSelect value="" onChange={(profileId) => void navigate(personAddress(flowId, profileId))} />
        </div>
      }
    >
      <Button icon={<UserOutlined aria-hidden />}>{t('find')}</Button>
    </Popover>
  );
}
