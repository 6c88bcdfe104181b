import { expect, type Locator, type Page } from '@playwright/test';

const NODE_WIDTH = 220;
const COLUMN = 300;
const ROW = 160;

interface Place {
  x: number;
  y: number;
}

/** The drawing of a flow and what one does to it with the mouse. */
export class Canvas {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get nodes(): Locator {
    return this.#page.locator('.react-flow__node');
  }

  get edges(): Locator {
    return this.#page.locator('.react-flow__edge');
  }

  /** A node by what stands on its card. */
  node(title: string): Locator {
    return this.#page.locator(`.react-flow__node[aria-label^="${title}. "]`);
  }

  /** A connection by its ends: "Delay → Exit". */
  edge(ends: string): Locator {
    return this.#page.locator(`.react-flow__edge[aria-label="${ends}"]`);
  }

  /** What is drawn, as words: every card with its line, every connection with its ends. */
  async describe(): Promise<string[]> {
    const words = async (things: Locator) =>
      Promise.all((await things.all()).map(async (thing) => (await thing.getAttribute('aria-label')) ?? ''));
    return [...(await words(this.nodes)), ...(await words(this.edges))].toSorted();
  }

  async zoomOut(times: number): Promise<void> {
    for (let i = 0; i < times; i += 1) {
      await this.#page.getByRole('button', { name: 'Zoom out' }).click();
      await this.#rest();
    }
  }

  async showAll(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Show the whole flow' }).click();
    await this.#rest();
  }

  async tidyUp(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Tidy up' }).click();
  }

  /** Drags the first node to the left of an empty canvas, with room for a whole flow behind it. */
  async dropFirst(kind: string): Promise<void> {
    const { x, y, width, height } = await boxOf(this.#page.locator('.react-flow__pane'));
    const middle = y + height * 0.45;
    await this.drop(kind, { x: x + width / 4, y: middle });
    await this.zoomOut(4);
    const start = await centreOf(this.nodes.first());
    await this.#drag(start, { x: x + 90, y: middle });
  }

  /** Drags a kind from the palette onto free ground. */
  async drop(kind: string, at: Place): Promise<void> {
    const before = await this.nodes.count();
    const surface = this.#page.locator('.react-flow__pane');
    const box = await boxOf(surface);
    await this.#page
      .getByRole('complementary', { name: 'Nodes' })
      .getByRole('button', { name: `Add “${kind}”`, exact: true })
      // What was used last stands at the top once more.
      .first()
      .dragTo(surface, { targetPosition: { x: at.x - box.x, y: at.y - box.y } });
    await expect(this.nodes).toHaveCount(before + 1);
    await this.#rest();
  }

  /** Drags a kind from the palette onto the connection between two nodes that stand side by side. */
  async dropOnEdge(kind: string, from: string, to: string): Promise<void> {
    await this.drop(kind, await this.#between(from, to));
  }

  async pointAtEdge(from: string, to: string): Promise<void> {
    const { x, y } = await this.#between(from, to);
    await this.#page.mouse.move(x, y);
  }

  /** Draws a box from above one node to below another. */
  async selectByBox(first: string, last: string): Promise<void> {
    const [from, to] = [await boxOf(this.node(first)), await boxOf(this.node(last))];
    await this.#drag({ x: from.x - 12, y: from.y - 12 }, { x: to.x + to.width / 2, y: to.y + to.height + 12 });
  }

  /** How bright the ground is, from 0 to 1. */
  async brightness(): Promise<number> {
    return this.#page.locator('.react-flow__background').evaluate((ground) => {
      const parts = getComputedStyle(ground).backgroundColor.match(/\d+(\.\d+)?/g) ?? [];
      return Math.max(...parts.slice(0, 3).map(Number)) / 255;
    });
  }

  async #between(from: string, to: string): Promise<Place> {
    const [start, end] = [
      await centreOf(this.node(from).locator('.react-flow__handle.source').first()),
      await centreOf(this.node(to).locator('.react-flow__handle.target').first()),
    ];
    return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  }

  /** The place that lies some columns right of a node and some rows below it. */
  async placeFrom(title: string, columns: number, rows: number): Promise<Place> {
    const box = await boxOf(this.node(title));
    const zoom = box.width / NODE_WIDTH;
    return { x: box.x + box.width / 2 + columns * COLUMN * zoom, y: box.y + 20 * zoom + rows * ROW * zoom };
  }

  /** Drags a line from a way out to another node's way in. */
  async connect(from: string, port: string, to: string): Promise<void> {
    const before = await this.edges.count();
    const start = await centreOf(this.node(from).locator(`.react-flow__handle.source[data-handleid="${port}"]`));
    const end = await centreOf(this.node(to).locator('.react-flow__handle.target'));
    await this.#drag(start, end);
    await expect(this.edges).toHaveCount(before + 1);
  }

  async #drag(from: Place, to: Place): Promise<void> {
    const { mouse } = this.#page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
  }

  /** Camera moves are short; the place of a thing is known once it stands still. */
  async #rest(): Promise<void> {
    const viewport = this.#page.locator('.react-flow__viewport');
    let last = '';
    const isStill = async () => {
      const before = last;
      last = (await viewport.getAttribute('style')) ?? '';
      return last === before;
    };
    await expect.poll(isStill, { intervals: [100] }).toBe(true);
  }
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${String(locator)} is not on the screen`);
  return box;
}

async function centreOf(locator: Locator): Promise<Place> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
}
