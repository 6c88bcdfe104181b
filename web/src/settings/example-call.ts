/** A curl call that works when pasted; the key is the user name of HTTP Basic, as the Segment spec has it. */
export function exampleCall(origin: string, key: string): string {
  return [
    `curl ${origin}/v1/track \\`,
    `  -u '${key}:' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{"userId": "user-1", "event": "Product Viewed", "properties": {"price": 99}}'`,
  ].join('\n');
}
