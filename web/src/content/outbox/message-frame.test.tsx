import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { MessageFrame, withNewTabLinks } from './message-frame.tsx';

describe('the frame of a message', () => {
  it('runs no script and lets links open in a new tab only', () => {
    render(<MessageFrame html="<p>hello</p>" title="Hello" />);
    const sandbox = screen.getByTitle('Hello').getAttribute('sandbox') ?? '';
    expect(sandbox.split(' ')).toEqual(['allow-popups', 'allow-popups-to-escape-sandbox']);
  });

  it('puts the link target behind the head, before anything that links', () => {
    expect(withNewTabLinks('<html><head lang="en"><title>x</title></head><body></body></html>')).toBe(
      '<html><head lang="en"><base target="_blank"><title>x</title></head><body></body></html>',
    );
    expect(withNewTabLinks('<a href="/">x</a>')).toBe('<base target="_blank"><a href="/">x</a>');
  });

  it('does not take a header element for the head', () => {
    expect(withNewTabLinks('<header>x</header>')).toBe('<base target="_blank"><header>x</header>');
  });
});
