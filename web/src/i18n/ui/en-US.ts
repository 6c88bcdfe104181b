export default {
  loading: 'Loading',
  retry: 'Try again',
  reload: 'Reload the page',
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  unsaved: {
    title: 'Leave without saving?',
    text: 'What you changed on this page is lost.',
    leave: 'Leave without saving',
    stay: 'Stay here',
  },
  loadMore: 'Load more',
  justNow: 'just now',
  dock: { beside: 'Show the panel at the side', below: 'Show the panel below' },
  errors: {
    page: 'This page failed. Reload it; if it fails again, tell your administrator what you did before.',
    pageTitle: 'This page failed',
    pageText:
      'It may have been replaced by a newer version, or it has a bug. Reload it; your saved work is safe. Detail: {{detail}}',
    reference: 'Reference for the log: {{reference}}',
    'server-unreachable': 'The server does not answer. Check that it runs and that you are connected, then try again.',
    'reply-unreadable':
      'Something between here and the server answered in its place (status {{status}}). Try again; if it stays, check the proxy in front of the server.',
  },
};
