import { lazy, Suspense, useEffect } from 'react';
import { useEditorState } from '../editing/editor-context.tsx';
import { loadWhenIdle } from '../ui/load-ahead.ts';

const load = () => import('./inspector.tsx');
const Form = lazy(async () => ({ default: (await load()).Inspector }));

/** The form of the chosen node. Its inputs weigh more than the canvas: they are fetched once that is on the screen. */
export function Inspector() {
  const isOpen = useEditorState(({ session }) => session.inspected !== null);
  useEffect(() => loadWhenIdle(load), []);
  return <Suspense fallback={null}>{isOpen && <Form />}</Suspense>;
}
