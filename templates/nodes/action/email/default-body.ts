/** What a fresh e-mail node holds: a letter without words in any language that shows where text and variables go. */
export const DEFAULT_BODY = `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="1.6" color="#1f2933" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f4f6f5">
    <mj-section background-color="#ffffff" padding="32px 24px">
      <mj-column>
        <mj-text>{{ profile.name | default: profile.email }}</mj-text>
        <mj-text>…</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
