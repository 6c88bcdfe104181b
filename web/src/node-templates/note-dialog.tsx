import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../ui/error-panel.tsx';
import styles from './node-templates.module.css';

interface NoteDialogProps {
  title: string;
  text?: string;
  label: string;
  /** Said where the note must not be empty. */
  missing?: string;
  confirm: string;
  isDangerous?: boolean;
  change: { isPending: boolean; error: Error | null };
  onConfirm: (note: string, done: () => void) => void;
  onClose: () => void;
}

/** Asks for a decision and the reason for it. */
export function NoteDialog(props: NoteDialogProps) {
  const { title, text, label, missing, confirm, isDangerous = false, change, onConfirm, onClose } = props;
  const { t } = useTranslation('ui');
  const [form] = Form.useForm<{ note: string }>();
  return (
    <Modal
      open
      title={title}
      okText={confirm}
      cancelText={t('cancel')}
      okButtonProps={{ danger: isDangerous, loading: change.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<{ note: string }>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ note: '' }}
        onFinish={({ note }) => onConfirm(note, onClose)}
      >
        {text && <p className={styles.explained}>{text}</p>}
        <Form.Item
          name="note"
          label={label}
          {...(missing !== undefined && { rules: [{ required: true, whitespace: true, message: missing }] })}
        >
          <Input.TextArea autoFocus rows={3} maxLength={1000} />
        </Form.Item>
        {change.error && <ErrorPanel error={change.error} />}
      </Form>
    </Modal>
  );
}
