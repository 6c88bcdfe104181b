import { type Document, Double, Long } from 'bson';

/** One golden case of a pipeline over the documents of `sales` or its own, after MongoDB's manual. */
export interface PipelineCase {
  stages: Document[];
  result: Document[] | number;
  input?: Document[];
}

export const sales: readonly Document[] = [
  { _id: 1, item: 'abc', price: 10, quantity: 2, tags: ['x', 'y'], at: new Date('2026-03-01T08:00:00Z') },
  { _id: 2, item: 'jkl', price: 20, quantity: 1, tags: [], at: new Date('2026-03-01T09:00:00Z') },
  { _id: 3, item: 'xyz', price: 5, quantity: 10, tags: null, at: new Date('2026-03-15T09:00:00Z') },
  { _id: 4, item: 'xyz', price: 5, quantity: 20, at: new Date('2026-04-04T11:21:39Z') },
  { _id: 5, item: 'abc', price: 10, quantity: 10, tags: 'z', at: new Date('2026-04-04T21:23:13Z') },
];

/** What `$lookup` and `$unionWith` find under the name `inventory`. */
export const inventory: readonly Document[] = [
  { _id: 1, sku: 'abc', stock: 120 },
  { _id: 2, sku: ['xyz', 'old'], stock: 70 },
  { _id: 3, sku: null },
  { _id: 4 },
];

const double = (value: number): Double => new Double(value);
const ids = (...list: number[]): Document[] => list.map((_id) => ({ _id }));
const onlyId = { $project: { _id: 1 } };

type Row = readonly [stages: Document[], result: Document[] | number, input?: Document[]];

const groups: Readonly<Record<string, readonly Row[]>> = {
  '$match $sort $limit $skip $count': [
    [[{ $match: { item: 'xyz' } }, onlyId], ids(3, 4)],
    [[{ $sort: { price: 1, quantity: -1 } }, onlyId], ids(4, 3, 5, 1, 2)],
    [[{ $sort: { at: -1 } }, { $skip: 1 }, { $limit: 2 }, onlyId], ids(4, 3)],
    [[{ $sort: { tags: 1, _id: 1 } }, onlyId], ids(2, 3, 4, 1, 5)],
    [[{ $sort: { tags: -1, _id: 1 } }, onlyId], ids(5, 1, 3, 4, 2)],
    [[{ $limit: 2 }, onlyId], ids(1, 2)],
    [[{ $skip: 4 }, onlyId], ids(5)],
    [[{ $match: { price: { $gt: 5 } } }, { $count: 'n' }], [{ n: 3 }]],
    [[{ $match: { price: 99 } }, { $count: 'n' }], []],
    [[{ $limit: 0 }], 15958],
    [[{ $limit: -1 }], 5107201],
    [[{ $skip: -1 }], 5107200],
    [[{ $sort: {} }], 15976],
    [[{ $sort: { a: 2 } }], 15975],
    [[{ $sort: { a: 'x' } }], 15974],
    [[{ $count: '' }], 40156],
    [[{ $count: '$x' }], 40158],
    [[{ $match: 5 }], 15959],
  ],
  $group: [
    [[{ $group: { _id: null, n: { $sum: 1 } } }], [{ _id: null, n: 5 }]],
    [
      [{ $group: { _id: '$item', total: { $sum: { $multiply: ['$price', '$quantity'] } } } }, { $sort: { _id: 1 } }],
      [
        { _id: 'abc', total: 120 },
        { _id: 'jkl', total: 20 },
        { _id: 'xyz', total: 150 },
      ],
    ],
    [
      [{ $group: { _id: '$price', avg: { $avg: '$quantity' } } }, { $sort: { _id: 1 } }],
      [
        { _id: 5, avg: double(15) },
        { _id: 10, avg: double(6) },
        { _id: 20, avg: double(1) },
      ],
    ],
    [
      [
        { $sort: { _id: 1 } },
        { $group: { _id: '$item', f: { $first: '$_id' }, l: { $last: '$_id' }, all: { $push: '$_id' } } },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 'abc', f: 1, l: 5, all: [1, 5] },
        { _id: 'jkl', f: 2, l: 2, all: [2] },
        { _id: 'xyz', f: 3, l: 4, all: [3, 4] },
      ],
    ],
    [[{ $group: { _id: null, s: { $addToSet: '$price' } } }], [{ _id: null, s: [5, 10, 20] }]],
    [[{ $group: { _id: null, lo: { $min: '$price' }, hi: { $max: '$item' } } }], [{ _id: null, lo: 5, hi: 'xyz' }]],
    [
      [{ $group: { _id: { i: '$item', p: '$nope' } } }, { $sort: { _id: 1 } }],
      [{ _id: { i: 'abc' } }, { _id: { i: 'jkl' } }, { _id: { i: 'xyz' } }],
    ],
    [[{ $group: { _id: '$tags' } }, { $count: 'n' }], [{ n: 4 }]],
    [[{ $group: { _id: '$v' } }], [{ _id: 1 }], [{ v: 1 }, { v: double(1) }, { v: Long.fromNumber(1) }]],
    [[{ $group: { _id: '$v' } }], [{ _id: null }], [{ v: null }, {}]],
    [
      [{ $group: { _id: null, s: { $sum: '$v' } } }],
      [{ _id: null, s: Long.fromString('2147483648') }],
      [{ v: 2147483647 }, { v: 1 }],
    ],
    [[{ $group: { _id: null, s: { $sum: '$v' } } }], [{ _id: null, s: 1.5 }], [{ v: 1 }, { v: 0.5 }, { v: 'x' }, {}]],
    [
      [{ $group: { _id: null, s: { $sum: '$v' } } }],
      [{ _id: null, s: double(1) }],
      Array.from({ length: 10 }, () => ({ v: 0.1 })),
    ],
    [
      [
        { $group: { _id: null, s: { $stdDevPop: '$quantity' }, n: { $count: {} } } },
        { $project: { n: 1, r: { $round: ['$s', 3] } } },
      ],
      [{ _id: null, n: 5, r: 6.859 }],
    ],
    [[{ $group: { _id: null, v: { $first: '$nope' }, p: { $push: '$nope' } } }], [{ _id: null, v: null, p: [] }]],
    [[{ $group: { _id: null, top: { $top: { sortBy: { quantity: -1 }, output: '$_id' } } } }], [{ _id: null, top: 4 }]],
    [
      [{ $group: { _id: null, two: { $topN: { n: 2, sortBy: { quantity: -1, _id: 1 }, output: '$_id' } } } }],
      [{ _id: null, two: [4, 3] }],
    ],
    [
      [
        { $sort: { _id: 1 } },
        { $group: { _id: null, m: { $maxN: { n: 2, input: '$quantity' } }, f: { $firstN: { n: 2, input: '$item' } } } },
      ],
      [{ _id: null, m: [20, 10], f: ['abc', 'jkl'] }],
    ],
    [[{ $group: { n: { $sum: 1 } } }], 15955],
    [[{ $group: { _id: 1, n: 5 } }], 40234],
    [[{ $group: { _id: 1, 'a.b': { $sum: 1 } } }], 40235],
    [[{ $group: { _id: 1, n: { $foo: 1 } } }], 15952],
    [[{ $group: { _id: 1, n: { $sum: 1, $avg: 1 } } }], 40238],
  ],
  $unwind: [
    [
      [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
      [
        { _id: 1, tags: 'x' },
        { _id: 1, tags: 'y' },
        { _id: 5, tags: 'z' },
      ],
    ],
    [
      [{ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } }, { $project: { tags: 1 } }],
      [
        { _id: 1, tags: 'x' },
        { _id: 1, tags: 'y' },
        { _id: 2 },
        { _id: 3, tags: null },
        { _id: 4 },
        { _id: 5, tags: 'z' },
      ],
    ],
    [
      [{ $unwind: { path: '$tags', includeArrayIndex: 'i' } }, { $project: { i: 1 } }],
      [
        { _id: 1, i: Long.fromNumber(0) },
        { _id: 1, i: Long.fromNumber(1) },
        { _id: 5, i: null },
      ],
    ],
    [[{ $unwind: '$a.b' }], [{ a: { c: 1, b: 1 } }, { a: { c: 1, b: 2 } }], [{ a: { c: 1, b: [1, 2] } }]],
    [[{ $unwind: 'tags' }], 28818],
    [[{ $unwind: { path: '$a', foo: 1 } }], 28811],
    [[{ $unwind: 5 }], 15981],
  ],
  shape: [
    [
      [{ $match: { _id: 1 } }, { $project: { item: 1, total: { $multiply: ['$price', '$quantity'] } } }],
      [{ _id: 1, item: 'abc', total: 20 }],
    ],
    [[{ $match: { _id: 1 } }, { $project: { tags: 0, at: 0 } }], [{ _id: 1, item: 'abc', price: 10, quantity: 2 }]],
    [[{ $project: { _id: 0, 'a.b': 1 } }], [{ a: [{ b: 1 }, {}] }], [{ a: [{ b: 1, c: 1 }, { c: 1 }, 5] }]],
    [[{ $project: { a: { b: 1 } } }], [{ a: { b: 1 } }], [{ a: { b: 1, c: 1 } }]],
    [[{ $project: { a: ['$x', '$y'] } }], [{ a: [1, null] }], [{ x: 1 }]],
    [[{ $project: { a: '$$REMOVE', b: 1 } }], [{ b: 1 }], [{ a: 1, b: 1 }]],
    [[{ $addFields: { 'a.n': 1, z: '$x' } }], [{ a: { b: 1, n: 1 }, x: 2, z: 2 }], [{ a: { b: 1 }, x: 2 }]],
    [[{ $set: { 'a.n': 1 } }], [{ a: [{ b: 1, n: 1 }, { n: 1 }] }], [{ a: [{ b: 1 }, 5] }]],
    [[{ $set: { a: { n: '$x' } } }], [{ a: { b: 1, n: 2 }, x: 2 }], [{ a: { b: 1 }, x: 2 }]],
    [[{ $set: { a: 5 } }], [{ a: 5, b: 1 }], [{ a: 1, b: 1 }]],
    [[{ $unset: ['a', 'b.c'] }], [{ b: { d: 1 } }], [{ a: 1, b: { c: 1, d: 1 } }]],
    [[{ $replaceRoot: { newRoot: '$a' } }], [{ b: 1 }], [{ a: { b: 1 } }]],
    [[{ $replaceWith: { $mergeObjects: [{ d: 0 }, '$$ROOT'] } }], [{ d: 0, a: 1 }], [{ a: 1 }]],
    [[{ $replaceRoot: { newRoot: '$a' } }], 40228, [{ a: 1 }]],
    [[{ $project: {} }], 51272],
    [[{ $project: { a: 1, b: 0 } }], 31254],
    [[{ $project: { a: 0, b: 1 } }], 31253],
    [[{ $project: { a: 1, 'a.b': 1 } }], 31249],
    [[{ $project: { 'a.b': 1, a: 1 } }], 31250],
    [[{ $addFields: {} }], 40177],
  ],
  'several collections and branches': [
    [
      [
        { $match: { _id: { $in: [1, 3] } } },
        { $lookup: { from: 'inventory', localField: 'item', foreignField: 'sku', as: 'i' } },
        { $project: { i: '$i._id' } },
      ],
      [
        { _id: 1, i: [1] },
        { _id: 3, i: [2] },
      ],
    ],
    [
      [
        { $limit: 1 },
        { $lookup: { from: 'inventory', localField: 'nope', foreignField: 'sku', as: 'i' } },
        { $project: { i: '$i._id' } },
      ],
      [{ _id: 1, i: [3, 4] }],
    ],
    [
      [
        { $limit: 1 },
        {
          $lookup: {
            from: 'inventory',
            let: { q: '$quantity' },
            pipeline: [{ $match: { $expr: { $gt: ['$_id', '$$q'] } } }, { $project: { _id: 1 } }],
            as: 'i',
          },
        },
        { $project: { i: 1 } },
      ],
      [{ _id: 1, i: [{ _id: 3 }, { _id: 4 }] }],
    ],
    [
      [
        { $limit: 1 },
        {
          $lookup: {
            from: 'inventory',
            localField: 'item',
            foreignField: 'sku',
            pipeline: [{ $project: { stock: 1, _id: 0 } }],
            as: 'a.i',
          },
        },
        { $project: { a: 1 } },
      ],
      [{ _id: 1, a: { i: [{ stock: 120 }] } }],
    ],
    [
      [
        { $match: { _id: 1 } },
        { $project: { _id: 1 } },
        { $unionWith: { coll: 'inventory', pipeline: [{ $match: { _id: 2 } }, { $project: { _id: 1 } }] } },
      ],
      ids(1, 2),
    ],
    [
      [{ $facet: { n: [{ $count: 'n' }], top: [{ $sort: { quantity: -1 } }, { $limit: 1 }, onlyId] } }],
      [{ n: [{ n: 5 }], top: [{ _id: 4 }] }],
    ],
    [[{ $sortByCount: '$price' }, { $match: { count: 1 } }], [{ _id: 20, count: 1 }]],
    [
      [{ $bucket: { groupBy: '$quantity', boundaries: [0, 5, 15], default: 'more' } }],
      [
        { _id: 0, count: 2 },
        { _id: 5, count: 2 },
        { _id: 'more', count: 1 },
      ],
    ],
    [[{ $bucket: { groupBy: '$quantity', boundaries: [0, 5] } }], 40066],
    [[{ $bucket: { groupBy: '$quantity', boundaries: [5, 0] } }], 40194],
    [[{ $bucket: { groupBy: '$quantity', boundaries: [0, 'a'] } }], 40193],
    [
      [{ $bucketAuto: { groupBy: '$price', buckets: 2 } }],
      [
        { _id: { min: 5, max: 20 }, count: 4 },
        { _id: { min: 20, max: 20 }, count: 1 },
      ],
    ],
    [
      [{ $bucketAuto: { groupBy: '$quantity', buckets: 5 } }],
      [
        { _id: { min: 1, max: 2 }, count: 1 },
        { _id: { min: 2, max: 10 }, count: 1 },
        { _id: { min: 10, max: 20 }, count: 2 },
        { _id: { min: 20, max: 20 }, count: 1 },
      ],
    ],
    [
      [{ $match: { quantity: { $lt: 20 } } }, { $bucketAuto: { groupBy: '$_id', buckets: 3 } }],
      [
        { _id: { min: 1, max: 2 }, count: 1 },
        { _id: { min: 2, max: 3 }, count: 1 },
        { _id: { min: 3, max: 5 }, count: 2 },
      ],
    ],
    [
      [
        {
          $bucketAuto: {
            groupBy: { $multiply: ['$price', '$quantity'] },
            buckets: 1,
            output: { ids: { $push: '$_id' }, most: { $max: '$quantity' } },
          },
        },
      ],
      [{ _id: { min: 20, max: 100 }, ids: [1, 2, 3, 4, 5], most: 20 }],
    ],
    [[{ $bucketAuto: { groupBy: '$nope', buckets: 3 } }], [{ _id: { min: null, max: null }, count: 5 }]],
    [[{ $match: { _id: 0 } }, { $bucketAuto: { groupBy: '$price', buckets: 3 } }], []],
    [[{ $bucketAuto: 3 }], 40240],
    [[{ $bucketAuto: { groupBy: 'price', buckets: 3 } }], 40239],
    [[{ $bucketAuto: { groupBy: '$price', buckets: 'x' } }], 40241],
    [[{ $bucketAuto: { groupBy: '$price', buckets: 1.5 } }], 40242],
    [[{ $bucketAuto: { groupBy: '$price', buckets: 0 } }], 40243],
    [[{ $bucketAuto: { groupBy: '$price', buckets: 2, output: 1 } }], 40244],
    [[{ $bucketAuto: { groupBy: '$price', buckets: 2, other: 1 } }], 40245],
    [[{ $bucketAuto: { groupBy: '$price' } }], 40246],
    [[{ $sample: { size: 0 } }], 28747],
    [[{ $lookup: { from: 'inventory', as: 'i' } }], 9],
    [[{ $facet: { a: [{ $out: 'x' }] } }], 40600],
    [[{ $out: 'x' }, { $limit: 1 }], 40601],
    [[{ $foo: 1 }], 40324],
    [[{ $graphLookup: {} }], 40324],
    [[{ $changeStream: {} }], 40573],
    [[{ $match: {}, $limit: 1 }], 40323],
  ],
};

/** By section. */
export const pipelineCases: ReadonlyMap<string, readonly PipelineCase[]> = new Map(
  Object.entries(groups).map(([name, rows]) => [
    name,
    rows.map(([stages, result, input]) => ({ stages, result, ...(input ? { input } : {}) })),
  ]),
);
