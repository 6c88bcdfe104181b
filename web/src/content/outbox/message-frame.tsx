import styles from './message-frame.module.css';

/**
 * An e-mail's HTML behind a sandbox: no script, no form, no way to this page; links open in a new tab. The ground is
 * white in dark mode too, since e-mails are written for white.
 */
export function MessageFrame({ html, title }: { html: string; title: string }) {
  return (
    <iframe
      className={styles.frame}
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={withNewTabLinks(html)}
    />
  );
}

/** A `base` element makes every link open in a new tab; it must come before the first link, hence right behind `head`. */
export function withNewTabLinks(html: string): string {
  const base = '<base target="_blank">';
  const head = /<head(\s[^>]*)?>/i.exec(html);
  if (!head) return `${base}${html}`;
  const at = head.index + head[0].length;
  return `${html.slice(0, at)}${base}${html.slice(at)}`;
}
