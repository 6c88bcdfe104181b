import { api, type Model, type ModelFeature, type ModelReport } from '@sluice/shared/http-api';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAttributeNames } from '../audiences/use-attribute-names.ts';
import { useHasRole } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatAuc } from './format-score.ts';

/** Attributes that tell so much that one must ask when they are known; each can be left out with one click. */
export function FeatureWarnings({ model, report }: { model: Model; report: ModelReport }) {
  // A seed may well be told by one attribute: that is what makes it one.
  const isWorthAWord = ({ warning }: ModelFeature) =>
    model.kind === 'look-alike' ? warning === 'gives-away' : warning !== null;
  return report.features
    .filter(isWorthAWord)
    .map((feature) => <FeatureWarning key={feature.attribute} model={model} feature={feature} />);
}

function FeatureWarning({ model, feature }: { model: Model; feature: ModelFeature }) {
  const { t, i18n } = useTranslation('models');
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const nameOf = useAttributeNames();
  const training = useChange(api.models.trainModel, [api.models.getModel]);
  const { attribute, aloneAuc, warning } = feature;
  const values = { attribute: nameOf(attribute), auc: formatAuc(aloneAuc, i18n.language) };
  const isGiveAway = warning === 'gives-away';
  const isSeed = model.kind === 'look-alike';
  const words = isSeed ? 'warnings.definesSeed' : isGiveAway ? 'warnings.givesAway' : 'warnings.standsOut';
  const trainWithout = () =>
    training.mutate({
      params: { modelId: model.id },
      body: {
        exclude: [...new Set([...model.exclude, attribute])],
        ...(model.include && { include: model.include.filter((name) => name !== attribute) }),
      },
    });
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title={t(words, values)}
        description={!isSeed && isGiveAway && t('warnings.givesAwayHelp')}
        action={
          mayEdit && (
            <Button
              size="small"
              disabled={model.training.status === 'running'}
              loading={training.isPending}
              onClick={trainWithout}
            >
              {t('warnings.trainWithout')}
            </Button>
          )
        }
      />
      {training.error && <ErrorPanel error={training.error} />}
    </>
  );
}
