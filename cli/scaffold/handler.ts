import type { Handler } from './node-template.d.ts';

/** The params as `manifest.json` declares them. */
interface Params {
  attribute: string;
  least: number;
}

// Runs in a sandbox once for each person who comes to the node: it computes, and answers what should happen. There is no
// network, no file and no clock but `step.now`.
const handler: Handler<Params> = {
  enter({ params, profile }) {
    const found = profile.attributes[params.attribute];
    // An attribute holds whatever was sent: a text is no number, and must not fail the visit.
    const value = typeof found === 'number' ? found : 0;
    return {
      kind: 'advance',
      port: value >= params.least ? 'reached' : 'below',
      reason: { key: 'compared', values: { value } },
    };
  },
};

export default handler;
