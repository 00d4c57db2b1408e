/**
 * @typedef {object} Library
 * @property {string} file how the path of its module ends
 * @property {readonly string[]} [left] what nothing reaches: `Declaration`, or `Class.member`
 * @property {Readonly<Record<string, string>>} [instead] what does less of the same, as far as we use it
 * @property {Readonly<Record<string, string>>} [known] expressions whose value our use decides; `begins with…` is enough
 */

/** Texts come from our own chunks, flat, formatted, in our own languages; nobody listens to what i18next tells. */
const I18NEXT = {
  file: '/i18next/dist/esm/i18next.js',
  left: [
    ...['dir', 'init', 'loadResources', 'reloadResources', 'use', 'changeLanguage', 'getFixedT', 't', 'exists', 'setDefaultNamespace', 'hasLoadedNamespace', 'loadNamespaces', 'loadLanguages'],
    ...['reloadResources', 'use', 'hydrate', 'exists', 'setDefaultNamespace', 'hasLoadedNamespace', 'loadNamespaces', 'loadLanguages', 'loadResources', 'setResolvedLanguage', 'dir', 'cloneInstance', 'toJSON'].map((name) => `I18n.${name}`),
    ...['addResource', 'addResources', 'removeNamespaces', 'removeResourceBundle', 'getResourceBundle', 'getDataByLanguage', 'hasLanguageSomeTranslations', 'toJSON'].map((name) => `ResourceStore.${name}`),
    ...['exists', 'getUsedParamsDetails', 'hasDefaultValue'].map((name) => `Translator.${name}`),
    ...['clearCache', 'getScriptPartFromCode', 'getLanguagePartFromCode', 'formatUncached', 'isSupportedCode', 'getFallbackCodes', 'getBestMatchFromCodes'].map((name) => `LanguageUtil.${name}`),
    ...['clearCache', 'needsPlural', 'getPluralFormsOfKey', 'getSuffixes'].map((name) => `PluralResolver.${name}`),
    ...['on', 'off', 'once', 'emit'].map((name) => `EventEmitter.${name}`),
    ...['Interpolator.reset', 'Connector', 'Formatter', 'createProxy', 'keysFromSelector', 'looksLikeObjectPath', 'deepFind', 'escape', 'RegExpCache', 'looksLikeObjectPathRegExpCache', 'nonEmptyBundles', 'setPath', 'getPath', 'deepFindWithDefaults'],
  ],
  instead: {
    // It tells developers what it does only with `debug`, which is off.
    Logger: `class Logger {
      init() {} create() { return this; } once() {} log() {} warn() {} deprecate() {}
      error(...words) { console.error('i18next:', ...words); }
    }`,
    get: `() => ({
      ns: ['translation'], defaultNS: ['translation'], pluralSeparator: '_',
      interpolation: { prefix: '{{', suffix: '}}', formatSeparator: ',', unescapePrefix: '-', maxReplaces: 1000, skipOnVariables: true },
    })`,
    configuredLanguageCodes: '() => []',
    isRefusedLanguageCode: '() => false',
    bindMemberFunctions: '() => {}',
    transformOptions: '(options) => Object.assign(options, isString(options.fallbackLng) && { fallbackLng: [options.fallbackLng] })',
    // We begin in one language, and ask for the others by name.
    'I18n.changeLanguage': `changeLanguage(language, callback) {
      this.language = language;
      this.languages = this.services.languageUtils.toResolveHierarchy(language);
      this.translator.changeLanguage(language);
      callback();
    }`,
    // Our languages are asked for by the names under which their texts are kept, and fall back to one.
    'LanguageUtil.formatLanguageCode': 'formatLanguageCode(code) { return code; }',
    'LanguageUtil.toResolveHierarchy': 'toResolveHierarchy(code) { return [...new Set([code, ...this.options.fallbackLng])]; }',
    // No text stands in another one.
    'Interpolator.nest': 'nest(text) { return text; }',
  },
  known: {
    'this.emit(…': 'undefined',
    // What we set when we begin, or leave as it is.
    'this.modules.formatter': 'undefined',
    'this.modules.logger': 'undefined',
    'this.modules.languageDetector': 'undefined',
    'this.modules.i18nFormat': 'undefined',
    'this.modules.external.forEach(…': 'undefined',
    'this.pendingWarnings?.forEach(…': 'undefined',
    's.backendConnector = …': 'undefined',
    's.backendConnector.on(…': 'undefined',
    's.utils = …': 'undefined',
    'this.translator.on(…': 'undefined',
    'this.services.languageDetector': 'undefined',
    'this.options.fallbackLng && !this.services.languageDetector && !this.options.lng': 'false',
    'formatter = Formatter': 'undefined',
    'assertSeparateArguments(…': 'undefined',
    'getPath(this.data, path)': 'path.reduce((found, name) => (found && Object.hasOwn(found, name) ? found[name] : undefined), this.data)',
    'setPath(this.data, path, pack)': '(this.data[lng] ??= {})[ns] = pack',
    'deepFindWithDefaults(…': '(Object.hasOwn(data, key) ? data[key] : undefined)',
    'callback && !this.isInitialized && !options.isClone': 'false',
    "typeof options === 'function'": 'false',
    'options.defaultNS == null && options.ns': 'false',
    'this.configuredLngs = …': 'undefined',
    '(this.languages || this.isLanguageChangingTo) && !this.isInitialized': 'false',
    'this.options.resources || !this.options.initAsync': 'true',
    'needsZeroSuffixLookup && opt[…': 'undefined',
    'deepExtend(pack, resources, overwrite)': 'undefined',
    "typeof Intl === 'undefined'": 'false',
    'this.i18nFormat': 'undefined',
    "this.i18nFormat?.parse": 'undefined',
    "this.i18nFormat?.addLookupKeys": 'undefined',
    "this.i18nFormat?.getResource": 'undefined',
    'this.backendConnector?.saveMissing': 'undefined',
    'this.utils?.hasLoadedNamespace': 'undefined',
    "['getResource', 'hasResourceBundle', 'getResourceBundle', 'getDataByLanguage']": "['hasResourceBundle']",
    "['addResource', 'addResources', 'addResourceBundle', 'removeResourceBundle']": "['addResourceBundle']",
    'this.options.isClone': 'false',
    'this.options.fallbackNS': 'false',
    'this.options.saveMissing': 'false',
    'this.options.updateMissing': 'false',
    'this.options.returnNull': 'false',
    'this.options.returnEmptyString': 'false',
    'this.options.returnObjects': 'false',
    'this.options.returnDetails': 'false',
    'this.options.joinArrays': 'false',
    'this.options.returnedObjectHandler': 'false',
    'this.options.missingKeyNoValueFallbackToKey': 'false',
    'this.options.parseMissingKeyHandler': 'false',
    'this.options.appendNamespaceToMissingKey': 'false',
    'this.options.appendNamespaceToCIMode': 'false',
    'this.options.postProcess': 'false',
    'this.options.keySeparator': 'false',
    'this.options.nsSeparator': 'false',
    'this.options.ignoreJSONStructure': 'false',
    'this.options.supportedLngs': 'false',
    'this.options.interpolation.defaultVariables': 'undefined',
    'this.options && this.options.interpolation && this.options.interpolation.defaultVariables || {}': '{}',
    'this.options.overloadTranslationOptionHandler': 'undefined',
    "typeof merged.overloadTranslationOptionHandler !== 'function'": 'false',
    "typeof opts !== 'object'": 'false',
    'fixedOpts?.scopeNs': 'undefined',
    // What we never ask for: only values for the text, and `count`.
    'opt.returnDetails': 'undefined',
    'opt.returnObjects': 'undefined',
    'opt.joinArrays': 'undefined',
    'opt.keySeparator': 'undefined',
    'opt.nsSeparator': 'undefined',
    'opt.appendNamespaceToCIMode': 'undefined',
    'opt.missingKeyNoValueFallbackToKey': 'undefined',
    'opt.ordinal': 'undefined',
    'options.ordinal': 'undefined',
    'opt.context': 'undefined',
    'opt.lngs': 'undefined',
    'opt.fallbackLng': 'undefined',
    'opt.replace': 'undefined',
    'opt.interpolation': 'undefined',
    'opt?.interpolation?.skipOnVariables': 'undefined',
    'options?.interpolation?.skipOnVariables': 'undefined',
    'opt.skipInterpolation': 'undefined',
    'opt.postProcess': 'undefined',
    'o.keyPrefix': 'undefined',
    'options.keySeparator': 'undefined',
    'options.ignoreJSONStructure': 'undefined',
    'options?.missingInterpolationHandler || this.options.missingInterpolationHandler': 'undefined',
    "typeof keys === 'function'": 'false',
    "typeof key === 'function'": 'false',
    "typeof k === 'function'": 'false',
    'isString(joinArrays)': 'false',
    'postProcessorNames?.length': '0',
    '!objectNotReturned && (usedKey || usedDefault || updateMissing)': 'false',
    'Object.prototype.toString.apply(resForObjHndl)': 'undefined',
    'opt.nest': 'undefined',
    'Translator.hasDefaultValue(opt)': 'false',
    'shouldHandleAsObject(resForObjHndl)': 'false',
    'this.pluralResolver.getSuffix(lng, …': "''",
    'looksLikeObjectPath(…': 'false',
    "lng?.toLowerCase() === 'cimode'": 'false',
    'this.languageUtils.getLanguagePartFromCode(code)': 'code',
    '!this.escapeValue && …': 'false',
    'this.escape = …': 'undefined',
    'this.escape(val)': 'val',
    'this.escapeValue': 'false',
    'this.logger.debug': 'false',
    'this.options.interpolation.skipOnVariables': 'true',
    '!key.includes(this.formatSeparator)': 'true',
    'this.format = …': 'undefined',
    'this.formatSeparator = …': 'undefined',
    'this.nestingPrefixText = …': 'undefined',
    'this.nestingPrefix = …': 'undefined',
    'this.nestingSuffix = …': 'undefined',
    'this.nestingOptionsSeparator = …': 'undefined',
    'this.useRawValueToEscape': 'false',
    'this.alwaysFormat': 'false',
    'this.nestingRegexp = …': 'undefined',
    'res.includes(this.interpolator.nestingPrefixText)': 'false',
    'na && na.length': '0',
    'nb && nb.length': '0',
  },
};

/** The REST adapter leaves retries and time limits to others (the client knows reads from writes), sets no hooks and shows no progress. */
const KY = [
  {
    file: '/ky/distribution/index.js',
    instead: {
      createInstance: `(defaults) => {
        const ky = (input, options) => Ky.create(input, validateAndMerge(defaults, options));
        ky.create = (newDefaults) => createInstance(validateAndMerge(newDefaults));
        return ky;
      }`,
    },
  },
  { file: '/ky/distribution/core/constants.js', left: ['supportsRequestStreams', 'stop'] },
  {
    file: '/ky/distribution/core/Ky.js',
    left: [
      ...['calculateDelay', 'calculateRetryDelay', 'retry', 'retryFromError', 'retryCount', 'retryLimit', 'beforeRetryHookErrors', 'returnedResponseFromBeforeRetryHook', 'consumeReturnedResponseFromBeforeRetryHook'],
      ...['runBeforeRequestHooks', 'runAfterResponseHooks', 'throwProcessedError', 'decorateResponse', 'assignRequest', 'cachedNormalizedOptions', 'getNormalizedOptions'],
      ...['startTime', 'getCurrentTime', 'getRemainingTotalTimeout', 'throwIfTotalTimeoutExhausted', 'raceWithTotalTimeout', 'raceBodyRead', 'getBodyReadTimeout'],
      ...['responseRequests', 'setResponseRequest', 'getResponseRequest', 'cancelResponseBody', 'cancelReturnedBody', 'wrapRequestWithUploadProgress', 'normalizeSearchParams'],
    ].map((name) => `Ky.#${name}`),
    instead: {
      'Ky.create': `static create(input, options) {
        const ky = new Ky(input, options);
        return (async () => {
          try {
            const response = await ky.#fetch();
            if (response.ok || response.type === 'opaque') return response;
            const error = new HTTPError(response, ky.request, ky.#options);
            error.data = await ky.#getResponseData(response);
            throw error;
          } finally {
            ky.#cancelBody(ky.#originalRequest?.body ?? undefined);
          }
        })();
      }`,
    },
    known: {
      "Object.hasOwn(options, 'prefixUrl')": 'false',
      'mergeHooks({}, options.hooks)': 'undefined',
      'normalizeRetryOptions(options.retry)': 'undefined',
      'this.#retryLimit = …': 'undefined',
      'this.#retryLimit > 0': 'false',
      'this.#startTime = …': 'undefined',
      "String(options.prefix || '')": "''",
      'this.#options.prefix': "''",
      'this.#options.baseUrl': 'undefined',
      'supportsAbortController && supportsAbortSignal': 'true',
      'this.#options.duplex = …': 'undefined',
      'this.#options.stringifyJson?.(this.#options.json)': 'undefined',
      "typeof this.#input !== 'string' && …": 'false',
      'this.#input instanceof globalThis.Request…': 'false',
      'options.headers && new globalThis.Headers(options.headers)…': 'undefined',
      'this.#options.searchParams?.[deletedParametersSymbol]': 'undefined',
      "typeof this.#options.searchParams === 'string'": 'false',
      "typeof this.#options.searchParams === 'object'": 'false',
      'Ky.#normalizeSearchParams(…': 'this.#options.searchParams',
      'this.#options.onUploadProgress && …': 'false',
      'this.#wrapRequestWithUploadProgress(…': 'this.request',
      'this.#abortController?.signal.aborted': 'false',
      'this.#getRemainingTotalTimeout()': 'undefined',
      'this.#throwIfTotalTimeoutExhausted()': 'undefined',
      'this.#options.timeout === false': 'true',
      'this.#setResponseRequest(response, request)': 'response',
      'this.#getResponseRequest(response)': 'this.request',
      'this.#options.parseJson': 'undefined',
    },
  },
  {
    file: '/ky/distribution/utils/merge.js',
    known: {
      'Array.isArray(source)': 'false',
      'getReplaceState(value)': '{ isReplace: false, value }',
      'getReplaceState(source.headers)': '{ isReplace: false, value: source.headers }',
      "key === 'context'": 'false',
      "isRoot && key === 'retry' && …": 'false',
      'isObject(value) && !isReplace && key in returnValue': 'false',
      'isObject(source.hooks)': 'false',
      'searchParameters === undefined ? value : …': 'value',
      'signals.length === 1': 'true',
    },
  },
  { file: '/ky/distribution/utils/options.js', known: { 'Array.isArray(search)': 'false', 'search instanceof URLSearchParams': 'false', "typeof search === 'string'": 'false' } },
];

/**
 * We write through the portal's adapter, once, with an idempotency key, never through mutations; lists are asked for page by
 * page. Nobody listens to the cache as a whole, in which nothing is preset, selected, polled or kept elsewhere, and which asks
 * offline as well.
 */
const QUERY = [
  { file: '/query-core/build/modern/mutation.js', left: ['Mutation'] },
  { file: '/query-core/build/modern/mutationCache.js', left: ['MutationCache'] },
  { file: '/query-core/build/modern/infiniteQueryBehavior.js', left: ['infiniteQueryBehavior'] },
  { file: '/query-core/build/modern/notifyManager.js', instead: { createNotifyManager: 'function createNotifyManager() { return { batch: (callback) => callback() }; }' } },
  { file: '/query-core/build/modern/timeoutManager.js', left: ['TimeoutManager.setTimeoutProvider', 'TimeoutManager.setInterval', 'TimeoutManager.clearInterval'] },
  { file: '/query-core/build/modern/utils.js', left: ['matchMutation', 'addToEnd', 'addToStart', 'addConsumeAwareSignal'], known: { 'options?.queryKeyHashFn': 'undefined', 'fetchOptions?.initialPromise': 'undefined' } },
  { file: '/query-core/build/modern/queryCache.js', left: ['clear', 'find', 'notify'].map((name) => `QueryCache.${name}`), known: { 'this.notify(…': 'undefined', 'client.getQueryDefaults(queryKey)': 'undefined' } },
  {
    file: '/query-core/build/modern/query.js',
    left: ['promise', 'resetState', 'reset', 'isStale', 'queryType', '#queryType', '#defaultOptions'].map((name) => `Query.${name}`),
    known: {
      'this.#cache.notify(…': 'undefined',
      'this.#cache.config.onSettled?.(…': 'undefined',
      'this.#defaultOptions': 'undefined',
      'this.#defaultOptions = …': 'undefined',
      'options?._type': 'undefined',
      'this.#queryType = …': 'undefined',
      'this.#queryType === "infinite" ? …': 'undefined',
      'this.options.persister': 'undefined',
      'fetchOptions?.initialPromise': 'undefined',
      'defaultState.data !== void 0': 'false',
      'typeof options.initialData === "function" ? …': 'undefined',
    },
  },
  {
    file: '/query-core/build/modern/queryClient.js',
    left: [
      ...['isFetching', 'ensureQueryData', 'getQueriesData', 'setQueriesData', 'getQueryState', 'resetQueries', 'cancelQueries', 'query', 'prefetchQuery'],
      ...['infiniteQuery', 'fetchInfiniteQuery', 'prefetchInfiniteQuery', 'ensureInfiniteQueryData', 'isMutating', 'resumePausedMutations', 'getMutationCache', 'setMutationDefaults'],
      ...['getMutationDefaults', 'defaultMutationOptions', 'setQueryDefaults', 'getQueryDefaults', 'clear', '#mutationCache', '#queryDefaults', '#mutationDefaults'],
    ].map((name) => `QueryClient.${name}`),
    known: {
      'this.#mutationCache = …': 'undefined',
      'this.#queryDefaults = …': 'undefined',
      'this.#mutationDefaults = …': 'undefined',
      'this.resumePausedMutations()': 'undefined',
      'this.getQueryDefaults(…': 'undefined',
      'config.queryCache || …': 'config.queryCache',
      'defaultedOptions.suspense': 'undefined',
      'defaultedOptions.persister': 'undefined',
    },
  },
  {
    file: '/query-core/build/modern/queryObserver.js',
    left: [
      ...['getOptimisticResult', 'trackResult', 'trackProp', 'getCurrentQuery', 'fetchOptimistic', '#trackedProps'],
      ...['#refetchIntervalId', '#currentRefetchInterval', '#computeRefetchInterval', '#updateRefetchInterval', '#clearRefetchInterval'],
    ].map((name) => `QueryObserver.${name}`),
    known: {
      'this.#client.getQueryCache().notify(…': 'undefined',
      'this.#computeRefetchInterval()': 'undefined',
      'this.#updateRefetchInterval(…': 'undefined',
      'this.#clearRefetchInterval()': 'undefined',
      'nextRefetchInterval !== this.#currentRefetchInterval': 'false',
      'options._optimisticResults': 'undefined',
      'options.select && …': 'false',
      'this.#selectError': 'undefined',
      'this.#selectError = …': 'undefined',
      'typeof options.placeholderData === "function"': 'true',
      'this.options.throwOnError': 'undefined',
      'this.#trackedProps': '[]',
      'this.#trackedProps.size': '0',
      'typeof notifyOnChangeProps === "function"': 'false',
      'notifyOnChangePropsValue === "all"': 'false',
      'options.suspense': 'undefined',
      // Of a result only what a resource looks at, and what the observer itself does.
      '{\n\t\t\tstatus,…': `{
        status, data, error, isPlaceholderData, isError, isFetching, dataUpdatedAt: newState.dataUpdatedAt, isStale: isStale(query, options),
      }`,
    },
  },
  {
    file: '/query-core/build/modern/retryer.js',
    left: ['defaultRetryDelay'],
    known: {
      'canFetch(config.networkMode)': 'true',
      'config.networkMode === "always"': 'true',
      'config.canRun()': 'true',
      'config.initialPromise': 'undefined',
      'config.retry ?? …': 'config.retry',
      'config.retryDelay ?? defaultRetryDelay': 'config.retryDelay',
      'typeof retryDelay === "function" ? …': 'retryDelay(failureCount, error)',
      'retry === true || …': '(retry && retry(failureCount, error))',
    },
  },
  { file: '/query-core/build/modern/focusManager.js', left: ['FocusManager.setFocused'], known: { 'typeof this.#focused === "boolean"': 'false', 'typeof focused === "boolean"': 'false' } },
];

/** Answers are parsed at once, forwards and whole; nobody asks a schema for its pattern or speaks Standard Schema to it. */
const ZOD = [
  { file: '/zod/v4/core/util.js', instead: { members: 'function members(proto, table) { Object.assign(proto, table); }' } },
  { file: '/zod/v4/core/core.js', known: { 'globalThis.__zod_globalConfig?.postProcessor': 'undefined', 'newError(Definition)': 'new Definition()' } },
  {
    file: '/zod/v4/core/schemas.js',
    left: ['handleCatchall', 'standardProps'],
    known: {
      '_ instanceof Promise && ctx?.async === false': 'false',
      'asyncResult || _ instanceof Promise': 'false',
      'checkResult instanceof Promise': 'false',
      'canary instanceof Promise': 'false',
      'result instanceof Promise': 'false',
      'r instanceof Promise': 'false',
      'proms.length': '0',
      'proms.push(…': 'undefined',
      'payload.memo': 'undefined',
      'core.globalConfig.memoizer': 'undefined',
      'memo?.attach(inst)': 'undefined',
      'ctx?.abortEarly': 'undefined',
      'ctx.skipChecks': 'undefined',
      'ctx?.skipChecks': 'undefined',
      'ctx.direction === "backward"': 'false',
      'ctx?.direction !== "backward"': 'true',
      'ctx.direction !== "backward"': 'true',
      'def.unionFallback': 'false',
      'def.coerce': 'false',
      'def.catchall': 'undefined',
      'handleCatchall(…': 'payload',
      'util.defineLazyInternal(inst, "pattern", …': 'undefined',
      'inst._zod.pattern = …': 'undefined',
      '{\n    // Wrappers extend this…': 'undefined',
    },
  },
  {
    file: '/zod/v4/mini/schemas.js',
    known: {
      '{\n    // `with` is an alias…': `{
        check(...checks) {
          const { def } = this;
          return this.clone({ ...def, checks: [...(def.checks ?? []), ...checks] }, { parent: true });
        },
        safeParse(data, params) { return parse.safeParse(this, data, params); },
        clone(def, params) { return core.clone(this, def, params); },
        brand() { return this; },
      }`,
    },
  },
];

/** Browsers adopt style sheets, without which elements in the light DOM have no styles either. Their minified names are Lit's own. */
const LIT = [{ file: '/@lit/reactive-element/css-tag.js', known: { 't.ShadowRoot&&…': 'true' } }];

/** Time axes count in UTC (`charts/src/geometry/time-axis.ts`), never on the reader's own clock. */
const D3_TIME = {
  file: '/d3-time/dist/d3-time.mjs',
  left: [
    ...['Minute', 'Hour', 'Day', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Month', 'Year'].flatMap((unit) => [`time${unit}`, `time${unit}s`, `utc${unit}s`]),
    ...['Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map((day) => `utc${day}`),
    ...['timeWeekday', 'milliseconds', 'seconds', 'unixDays'],
  ],
  known: {
    'ticker(timeYear, …': '[]',
    'timeYear.every = …': 'undefined',
    'interval.round = …': 'undefined',
    'interval.offset = …': 'undefined',
  },
};

/** @type {readonly Library[]} */
export const LIBRARIES = [
  I18NEXT,
  ...KY,
  ...QUERY,
  ...ZOD,
  ...LIT,
  D3_TIME,
];
