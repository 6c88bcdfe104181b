import { nodeManifests } from '@sluice/templates/manifests';
import { catalogOf } from '../editor/catalog.ts';

/** Every kind that is installed, as the editor wants them. */
export const nodeKinds = catalogOf(nodeManifests);
