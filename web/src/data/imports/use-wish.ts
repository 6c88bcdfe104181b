import { useSearchParams } from 'react-router';
import type { Target } from './target-draft.ts';

/** What the file is for, as the page that led here says in the address. */
export function useWish(): { target: Target; audience: string; dataset: string } {
  const [params] = useSearchParams();
  const to = params.get('to');
  return {
    target: to === 'members' || to === 'dataset' ? to : 'profiles',
    audience: params.get('audience') ?? '',
    dataset: params.get('dataset') ?? '',
  };
}
