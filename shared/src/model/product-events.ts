/** Events that the product itself reports about its messages; known before the first one has happened. */
export const EMAIL_OPENED = 'Email Opened';
export const LINK_CLICKED = 'Link Clicked';
export const PRODUCT_EVENTS: ReadonlySet<string> = new Set([EMAIL_OPENED, LINK_CLICKED]);
