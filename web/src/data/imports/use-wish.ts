import { useSearchParams } from 'react-router';
import type { Target } from './target-draft.ts';

/** What the file is for, as the page that led here says in the address. */
export function useWish(): { target: Target; audience: string } {
  const [params] = useSearchParams();
  const isForMembers = params.get('to') === 'members';
  return { target: isForMembers ? 'members' : 'profiles', audience: params.get('audience') ?? '' };
}
