import { addressOf, type Audience, type SealedExport } from '@sluice/shared/http-api';
import { useMutation } from '@tanstack/react-query';
import { readReply, send } from '../http/call.ts';
import { saveFile } from '../ui/save-file.ts';

/** Orders an encrypted file of the members and hands it to the downloads; the passphrase is in no address. */
export function useSealedDownload({ id, name }: Pick<Audience, 'id' | 'name'>) {
  return useMutation({
    mutationFn: async (order: SealedExport) => {
      const response = await send(addressOf('/api/audiences/:audienceId/members.csv.age', { audienceId: id }, {}), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        credentials: 'same-origin',
        body: JSON.stringify(order),
      });
      if (!response.ok) readReply(response.status, await response.text());
      saveFile(`${name}.csv.age`, await response.blob(), 'application/octet-stream');
    },
  });
}
