import { Type } from 'typebox';

/** A node or edge id: short, stable, and safe as a document field name. */
export const GraphId = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,39}$' });
