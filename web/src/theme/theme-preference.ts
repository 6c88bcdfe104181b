import { useSyncExternalStore } from 'react';
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { ThemeMode } from './palette.ts';

export const THEME_PREFERENCES = ['system', 'light', 'dark'] as const;
export type ThemePreference = (typeof THEME_PREFERENCES)[number];

const STORAGE_KEY = 'sluice.theme';

function readPreference(): ThemePreference {
  const stored = localStorage.getItem(STORAGE_KEY);
  return THEME_PREFERENCES.find((preference) => preference === stored) ?? 'system';
}

const preferences = createStore<{ preference: ThemePreference }>(() => ({ preference: readPreference() }));

/** Remembered in this browser only: the same account may sit at a bright and at a dark screen. */
export function setThemePreference(preference: ThemePreference): void {
  localStorage.setItem(STORAGE_KEY, preference);
  preferences.setState({ preference });
}

export function useThemePreference(): ThemePreference {
  return useStore(preferences, (state) => state.preference);
}

const darkScheme = () => window.matchMedia('(prefers-color-scheme: dark)');

function subscribeToScheme(onChange: () => void): () => void {
  const query = darkScheme();
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

/** The mode on screen: the preference, or what the operating system asks for. */
export function useThemeMode(): ThemeMode {
  const preference = useThemePreference();
  const isSystemDark = useSyncExternalStore(subscribeToScheme, () => darkScheme().matches);
  if (preference === 'system') return isSystemDark ? 'dark' : 'light';
  return preference;
}
