import { api } from '@sluice/shared/http-api';
import { expect, test } from 'vitest';
import { useReplyServer } from '../../test/render-page.tsx';
import { call } from './call.ts';

const { server } = useReplyServer();

test('an answer that breaks off in the middle is none, as one that never came', async () => {
  server().breakOff(api.access.state);
  await expect(call(api.access.state)).rejects.toMatchObject({ code: 'server-unreachable', status: 0 });
});
