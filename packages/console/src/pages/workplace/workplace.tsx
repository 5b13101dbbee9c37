import type { MemberSessionView, TilesView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { App, Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entryUrl, memberSessionQuery, signOutMember, tilesQuery } from '../../api/workplace.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { returnPath } from '../../search/workplace-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { FirstPassword, OwnPassword } from './password.tsx';
import { MemberSignIn } from './sign-in.tsx';
import './workplace.css';

const route = getRouteApi('/workplace');
type Tile = TilesView['items'][number];

/** Sign in, the first own password, then the tiles – or on to where the member came from (E-36, E-38). */
export function WorkplacePage() {
  const back = returnPath(route.useSearch());
  const session = useQuery(memberSessionQuery);
  return (
    <Loaded query={session}>
      {(member) => {
        if (member === null) return <MemberSignIn />;
        if (member.mustChangePassword) return <FirstPassword />;
        return back === null ? <Workplace member={member} /> : <GoOn to={back} />;
      }}
    </Loaded>
  );
}

/** The authorisation server goes on with what it was asked for. */
function GoOn({ to }: { to: string }) {
  const { t } = useTranslation();
  useEffect(() => window.location.replace(to), [to]);
  return (
    <Page title={t('workplace.title')}>
      <p role="status">{t('workplace.goingOn')}</p>
    </Page>
  );
}

function Workplace({ member }: { member: MemberSessionView }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState(false);
  return (
    <Page title={member.enterpriseName} tools={<SignOut />}>
      <Loaded query={useQuery(tilesQuery)}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('workplace.none')} />
          ) : (
            <ul className="tiles" aria-label={t('workplace.applications')}>
              {items.map((tile) => (
                <li key={tile.applicationId}>
                  <ApplicationTile tile={tile} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Panel title={t('workplace.own')}>
        <div className="stack">
          <dl className="facts">
            <dt>{t('workplace.name')}</dt>
            <dd>{member.name}</dd>
            <dt>{t('workplace.account')}</dt>
            <dd className="mono" data-testid="own-account">
              {member.account}
            </dd>
            <dt>{t('workplace.department')}</dt>
            <dd>{member.departmentName}</dd>
            <dt>{t('workplace.mobile')}</dt>
            <dd>{member.mobile === '' ? '–' : member.mobile}</dd>
            <dt>{t('workplace.email')}</dt>
            <dd>{member.email === '' ? '–' : member.email}</dd>
          </dl>
          <p className="soft">{t('workplace.ownHelp')}</p>
          <div>
            <Button onClick={() => setPassword(true)} data-testid="own-password">
              {t('workplace.changePassword')}
            </Button>
          </div>
        </div>
      </Panel>
      {password && (
        <Modal open title={t('workplace.changePassword')} footer={null} onCancel={() => setPassword(false)}>
          <OwnPassword onDone={() => setPassword(false)} />
        </Modal>
      )}
    </Page>
  );
}

function ApplicationTile({ tile }: { tile: Tile }) {
  const { language } = usePreferences();
  const { applicationId, productName, closed } = tile;
  const name = productName[language] || productName.zh;
  const initial = (
    <span className="tile-sign" aria-hidden="true">
      {[...name][0]}
    </span>
  );
  return closed === null ? (
    <a className="tile" href={entryUrl(applicationId)} data-testid="tile">
      {initial}
      <span>{name}</span>
    </a>
  ) : (
    <div className="tile tile--closed" data-testid="tile-closed">
      {initial}
      <span>
        {name}
        <span className="tile-why">{closed[language]}</span>
      </span>
    </div>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOutMember,
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: tilesQuery.queryKey });
      queryClient.setQueryData(memberSessionQuery.queryKey, null);
    },
    onError: () => void message.error(t('workplace.notSignedOut')),
  });
  return (
    <Button loading={leave.isPending} onClick={() => leave.mutate()} data-testid="member-sign-out">
      {t('workplace.signOut')}
    </Button>
  );
}
