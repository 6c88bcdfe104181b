import { addressOf, api, type Audience, type SealedExport } from '@sluice/shared/http-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { readReply, send } from '../http/call.ts';
import { keyOf } from '../http/use-route.ts';
import { saveFile } from '../ui/save-file.ts';

/** Orders an encrypted file of the members and hands it to the downloads; the passphrase is in no address. */
export function useSealedDownload({ id, name }: Pick<Audience, 'id' | 'name'>) {
  const client = useQueryClient();
  return useMutation({
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(api.exports.listExports) }),
    mutationFn: async (order: SealedExport) => {
      const address = addressOf('/api/audiences/:audienceId/members.csv.age', { audienceId: id }, {});
      const request: RequestInit = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        credentials: 'same-origin',
        body: JSON.stringify(order),
      };
      const { status, file, text } = await send(address, request, async (response) => ({
        status: response.status,
        ...(response.ok ? { file: await response.blob(), text: '' } : { file: undefined, text: await response.text() }),
      }));
      if (file) saveFile(`${name}.csv.age`, file, 'application/octet-stream');
      else readReply(status, text);
    },
  });
}
