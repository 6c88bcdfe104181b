/** The made-up shop in whose name the messages are written, to be replaced by one's own. */
export const SHOP = { brand: 'SLUICE SHOP', url: 'https://shop.example.test' } as const;

/** Event names of Segment's e-commerce specification (https://segment.com/docs/connections/spec/ecommerce/v2/). */
export const ORDER = 'Order Completed';
export const ADDED_TO_CART = 'Product Added';
export const VIEWED = 'Product Viewed';
export const CHECKOUT = 'Checkout Started';
export const SIGNED_UP = 'Signed Up';
