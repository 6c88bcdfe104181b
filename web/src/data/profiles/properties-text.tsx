import { Typography } from 'antd';

/** The properties of an event on one line, whole on hover. */
export function PropertiesText({ properties }: { properties: Readonly<Record<string, unknown>> }) {
  const parts = Object.entries(properties).map(([name, value]) => `${name} = ${wordOf(value)}`);
  return <Typography.Text ellipsis={{ tooltip: parts.join('\n') }}>{parts.join(' · ')}</Typography.Text>;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
