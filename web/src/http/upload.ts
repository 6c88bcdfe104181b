import type { ReplyOf, RouteContract } from '@sluice/shared/http-api';
import { ApiError } from './api-error.ts';
import { readReply } from './call.ts';

interface UploadOptions {
  /** 0..1 by bytes handed to the network. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Sends one file as multipart field `file`. XMLHttpRequest, because fetch tells no upload progress. */
export function uploadFile<R extends RouteContract>(
  route: R,
  file: File,
  { onProgress, signal }: UploadOptions = {},
): Promise<ReplyOf<R>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(route.method, route.path);
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      try {
        resolve(readReply(request.status, request.responseText) as ReplyOf<R>);
      } catch (error) {
        reject(error as Error);
      }
    });
    request.addEventListener('error', () =>
      reject(new ApiError({ code: 'server-unreachable', message: 'The upload broke off', status: 0 })),
    );
    request.addEventListener('abort', () => reject(new DOMException('The upload was cancelled', 'AbortError')));
    signal?.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
