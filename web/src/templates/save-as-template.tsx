import { compareVersions, nextVersion, suggestStep } from '@sluice/shared/flow-template';
import { api, type Flow, type FlowTemplate, type TemplateTextsByLocale } from '@sluice/shared/http-api';
import { type Locale, LOCALES } from '@sluice/shared/model';
import { Alert, Button, Drawer, Form, Input, Select, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { graphOf } from '../editor/flow-document.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import type { RunningAutosave } from '../plans/use-draft-editor.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { ExposedList } from './exposed-list.tsx';
import styles from './save-as-template.module.css';
import { VersionChanges } from './version-changes.tsx';

const NEW = '';
const ID = /^[a-z0-9][a-z0-9-]{1,39}$/;
const VERSION = /^(0|[1-9]\d{0,3})(\.(0|[1-9]\d{0,3})){2}$/;
const NO_TEXTS = { name: '', description: '', why: '', forWhom: '', toSet: '' };

interface SaveAsTemplateProps {
  flow: Flow;
  autosave: RunningAutosave;
  onClose: () => void;
}

/** Makes the draft a template, or the next version of one. */
export function SaveAsTemplate({ flow, autosave, onClose }: SaveAsTemplateProps) {
  const { t } = useTranslation('templates');
  const language = useLanguage();
  const [wanted, setWanted] = useState<string>();
  const templates = useReply(api.flowTemplates.listTemplates, { query: { locale: language } });
  const own = (templates.data?.items ?? []).filter(({ isBuiltIn }) => !isBuiltIn);
  // The list has those that were put away, too; they can be chosen, but nobody is led to them.
  const remembered = own
    .filter(({ sourceFlow, isArchived }) => sourceFlow === flow.id && !isArchived)
    .toSorted((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))[0];
  const target = wanted ?? remembered?.id ?? NEW;
  const named = own.find(({ id }) => id === target);
  const chosen = useReply(
    api.flowTemplates.getTemplate,
    { params: { templateId: target }, query: {} },
    { enabled: target !== NEW },
  );
  return (
    <Drawer open size={560} title={t('save.title')} onClose={onClose}>
      <p className={styles.hint}>{t('save.hint')}</p>
      <label className={styles.target}>
        {t('save.target')}
        <Select
          aria-label={t('save.target')}
          value={target}
          loading={templates.isPending}
          disabled={templates.isPending}
          options={[
            { value: NEW, label: t('save.asNew') },
            ...own.map(({ id, texts, version }) => ({ value: id, label: `${texts[language].name} (${version})` })),
          ]}
          onChange={setWanted}
        />
      </label>
      {named && named === remembered && (
        <p className={styles.hint}>
          {t('save.remembered', { name: named.texts[language].name, version: named.version })}
        </p>
      )}
      {named?.isArchived && <p className={styles.hint}>{t('save.archived', { name: named.texts[language].name })}</p>}
      {templates.error && <ErrorPanel error={templates.error} onRetry={() => void templates.refetch()} />}
      {chosen.error && <ErrorPanel error={chosen.error} onRetry={() => void chosen.refetch()} />}
      {(target === NEW ? templates.data : chosen.data) && (
        <Publication
          key={target}
          flow={flow}
          autosave={autosave}
          // The new template is remembered as the target of the next time, not of this one.
          onPublish={() => setWanted(target)}
          {...(target !== NEW && chosen.data && { template: chosen.data })}
        />
      )}
    </Drawer>
  );
}

interface Values extends TemplateTextsByLocale {
  id: string;
  version: string;
  note: string;
}

interface PublicationProps extends Omit<SaveAsTemplateProps, 'onClose'> {
  template?: FlowTemplate;
  onPublish: () => void;
}

function Publication({ flow, autosave, template, onPublish }: PublicationProps) {
  const { t } = useTranslation('templates');
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const save = useEditorState(({ remote }) => remote.save);
  const [form] = Form.useForm<Values>();
  const language = useLanguage();
  const [isUnsaved, setUnsaved] = useState(false);
  const [shown, setShown] = useState<Locale>(language);
  const { listTemplates, getTemplate } = api.flowTemplates;
  const creating = useChange(api.flowTemplates.createTemplate, [listTemplates]);
  const publishing = useChange(api.flowTemplates.publishTemplate, [listTemplates, getTemplate]);
  const running = template ? publishing : creating;
  const step = template && suggestStep(template.graph, graphOf(document));
  const suggested = template && step ? nextVersion(template.version, step) : '1.0.0';
  const version = Form.useWatch('version', form) ?? suggested;

  async function publish(values: Values): Promise<void> {
    editor.run('end-gesture');
    await autosave.current?.flush();
    const { remote } = editor.store.getState();
    setUnsaved(remote.save.kind !== 'saved');
    if (remote.save.kind !== 'saved') return;
    const { id, ...texts } = values;
    const body = {
      flowId: flow.id,
      baseRevision: remote.revision,
      version: values.version,
      note: values.note ?? '',
      icon: template?.icon ?? 'apartment',
      texts: { 'en-US': { ...NO_TEXTS, ...texts['en-US'] }, 'zh-CN': { ...NO_TEXTS, ...texts['zh-CN'] } },
    };
    onPublish();
    if (template) publishing.mutate({ params: { templateId: template.id }, body });
    else creating.mutate({ body: { id, ...body } });
  }

  if (running.data)
    return (
      <Alert
        showIcon
        type="success"
        title={t('save.done', { version: running.data.version })}
        action={<Link to={`/templates/${running.data.id}`}>{t('save.openTemplate')}</Link>}
      />
    );
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ block: 'center' }}
      initialValues={{
        id: slugOf(document.name),
        version: suggested,
        note: '',
        'en-US': template?.texts['en-US'] ?? { ...NO_TEXTS, name: document.name },
        'zh-CN': template?.texts['zh-CN'] ?? { ...NO_TEXTS, name: document.name },
      }}
      onFinish={(values) => void publish(values)}
      // What is missing may stand in the language that is not shown.
      onFinishFailed={({ errorFields }) => {
        const locales = errorFields.flatMap(({ name: [first] }) => LOCALES.filter((locale) => locale === first));
        if (locales.length > 0 && !locales.includes(shown)) setShown(locales[0] ?? shown);
      }}
    >
      {template && <VersionChanges template={template} />}
      {!template && (
        <Form.Item
          name="id"
          label={t('save.id')}
          extra={t('save.idHelp')}
          rules={[{ required: true, pattern: ID, message: t('save.idForm') }]}
        >
          <Input maxLength={40} />
        </Form.Item>
      )}
      <Form.Item
        name="version"
        label={t('save.version')}
        extra={step && t(`save.step.${step}`)}
        rules={[
          { required: true, pattern: VERSION, message: t('save.versionForm') },
          {
            validator: (_, value: string) =>
              !template || !VERSION.test(value) || compareVersions(value, template.version) > 0
                ? Promise.resolve()
                : Promise.reject(new Error(t('save.versionLater', { version: template.version }))),
          },
        ]}
      >
        <Input maxLength={14} />
      </Form.Item>
      {template && (
        <Form.Item name="note" label={t('save.note')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      )}
      <h3 className={styles.heading}>{t('save.asks')}</h3>
      <ExposedList />
      <Tabs
        activeKey={shown}
        onChange={(key) => setShown(key as Locale)}
        items={[language, ...LOCALES.filter((locale) => locale !== language)].map((locale) => ({
          key: locale,
          label: t(locale === 'zh-CN' ? 'save.chinese' : 'save.english'),
          // A language that was not looked at counts, too.
          forceRender: true,
          children: (['name', 'description', 'why', 'forWhom', 'toSet'] as const).map((field) => (
            <Form.Item
              key={field}
              name={[locale, field]}
              label={t(`save.${field}`)}
              rules={[
                {
                  required: field === 'name' || field === 'description',
                  whitespace: true,
                  message: t('save.textMissing'),
                },
              ]}
            >
              {field === 'name' ? (
                <Input maxLength={120} />
              ) : (
                <Input.TextArea maxLength={1000} autoSize={{ minRows: 1, maxRows: 6 }} />
              )}
            </Form.Item>
          )),
        }))}
      />
      {running.error && <ErrorPanel error={running.error} />}
      {isUnsaved && save.kind !== 'saved' && <Alert type="warning" title={t('save.unsaved')} />}
      <Button type="primary" htmlType="submit" loading={running.isPending}>
        {t('save.confirm', { version })}
      </Button>
    </Form>
  );
}

/** A name for addresses, as far as the name of the flow has letters for one. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}
