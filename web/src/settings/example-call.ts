/** What a website needs in its head to send its visits; calls made before the script is there wait for it. */
export function websiteSnippet(origin: string, key: string): string {
  return [
    '<script>window.sluice = window.sluice || []</script>',
    `<script async src="${origin}/sdk/sluice.js" data-write-key="${key}"></script>`,
  ].join('\n');
}

/** A curl call that works when pasted; the key is the user name of HTTP Basic, as the Segment spec has it. */
export function exampleCall(origin: string, key: string): string {
  return [
    `curl ${origin}/v1/track \\`,
    `  -u '${key}:' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{"userId": "user-1", "event": "Product Viewed", "properties": {"price": 99}}'`,
  ].join('\n');
}
