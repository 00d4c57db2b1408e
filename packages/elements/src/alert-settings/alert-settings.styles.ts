import { css } from 'lit';

export const alertSettingsStyles = css`
  .view {
    max-inline-size: 46rem;
  }

  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .part-title {
    font-size: var(--oya-size-3);
    line-height: 1.3;
    font-weight: 650;
  }

  .topic {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--oya-space-2) var(--oya-space-5);
    align-items: center;
    padding-block: var(--oya-space-3);
    border-block-end: 1px solid var(--oya-color-line);
  }

  .channels {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--oya-space-4);
  }

  .small {
    font-size: var(--oya-size-1);
  }

  .communes {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr));
    column-gap: var(--oya-space-4);
  }

  .times {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-4);
    padding-inline-start: calc(20px + var(--oya-space-3));
  }

  .times label {
    display: flex;
    align-items: center;
    gap: var(--oya-space-2);
  }

  .list {
    display: grid;
    gap: var(--oya-space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .list li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--oya-space-2) var(--oya-space-4);
  }

  .said {
    display: flex;
    gap: var(--oya-space-2);
    font-weight: 600;
  }

  .said .icon {
    color: var(--oya-color-success);
    flex: none;
  }

  .consent {
    display: grid;
    gap: var(--oya-space-4);
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .feeds {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-2) var(--oya-space-4);
    font-size: var(--oya-size-1);
  }

  .feeds a {
    color: var(--oya-color-accent);
  }

  @container (max-width: 34rem) {
    .topic {
      grid-template-columns: minmax(0, 1fr);
    }

    .times {
      padding-inline-start: 0;
    }
  }
`;
