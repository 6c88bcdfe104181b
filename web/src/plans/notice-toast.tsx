import { message as messages } from 'antd';
import { useEffect } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { useNoticeText } from '../editing/use-notice-text.ts';

/** Says why a command did nothing, or what it did unseen. */
export function NoticeToast() {
  const editor = useEditor();
  const [message, place] = messages.useMessage();
  const textOf = useNoticeText();
  useEffect(
    () =>
      editor.store.subscribe(({ session }, previous) => {
        const { notice } = session;
        if (!notice || notice === previous.session.notice) return;
        const type = notice.key.startsWith('refused') ? 'warning' : 'info';
        void message.open({ type, content: textOf(notice), key: 'notice' });
      }),
    [editor, message, textOf],
  );
  return place;
}
