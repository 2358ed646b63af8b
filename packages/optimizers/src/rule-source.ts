// Where an optimizer's rules come from: the rule of its class, with what the options and groups add to it.

import type {
  StepPhase,
  TensorAlgebra,
  UpdateRule,
  VariableInfo,
  VariableStep,
} from '@graftjs/core';
import { accumulatedGradient, accumulating } from './gradient-accumulation.js';
import { gradientTransforms } from './gradients.js';
import { withMovingAverage } from './moving-average.js';
import type { Settings } from './options.js';
import { checkGroups, groupOf, type ParameterGroups } from './parameter-groups.js';
import { withWeightDecay } from './weight-decay.js';

/** What drives an optimizer; a wrapper has that of the optimizer in it, changed. */
export interface RuleSource {
  /** More than one where gradients are accumulated. */
  readonly stepsPerUpdate: number;
  groups: ParameterGroups;
  /** The same object for all variables that are updated alike. */
  ruleOf(variable: VariableInfo, phase: StepPhase): UpdateRule;
  isFrozen(variable: VariableInfo): boolean;
  prepareGradients<E>(
    algebra: TensorAlgebra<E>,
    variables: readonly VariableStep<E>[],
    phase: StepPhase,
  ): readonly E[];
}

/** The rule of a class. */
export interface OptimizerRule {
  /**
   * The rule of a variable. `weightDecay` is for rules that bring their own decay, and undefined for a variable that is not
   * to decay (see `decays`); the same arguments must give the same object.
   */
  of(variable: VariableInfo, weightDecay: number | undefined): UpdateRule;
  /** True where the rule decays the weight; else w ← w − η·λ·w comes before it. */
  readonly ownDecay?: boolean;
  /** λ of variables that have another than `weightDecay`. */
  decayOf?(variable: VariableInfo, weightDecay: number | null): number | null;
}

export function ruleSource(rule: UpdateRule | OptimizerRule, settings: Settings): RuleSource {
  return new OptionedRules('of' in rule ? rule : { of: () => rule }, settings);
}

class OptionedRules implements RuleSource {
  readonly stepsPerUpdate: number;
  private readonly made = new Map<UpdateRule, Map<string, UpdateRule>>();
  private readonly transforms: ReturnType<typeof gradientTransforms>;
  private known: ParameterGroups;

  constructor(
    private readonly rule: OptimizerRule,
    private readonly settings: Settings,
  ) {
    this.stepsPerUpdate = settings.gradientAccumulationSteps ?? 1;
    this.transforms = gradientTransforms(settings);
    this.known = settings.groups;
  }

  get groups(): ParameterGroups {
    return this.known;
  }

  set groups(groups: ParameterGroups) {
    checkGroups(groups);
    this.known = groups;
  }

  isFrozen({ name }: VariableInfo): boolean {
    return groupOf(this.known, name)?.frozen ?? false;
  }

  ruleOf(variable: VariableInfo, phase: StepPhase): UpdateRule {
    const { rateMultiplier = 1 } = groupOf(this.known, variable.name) ?? {};
    const decay = this.decayOf(variable);
    const rule = this.rule.of(variable, decay);
    const decoupled = this.rule.ownDecay ? 0 : (decay ?? 0);
    const variants = this.made.get(rule) ?? new Map<string, UpdateRule>();
    this.made.set(rule, variants);
    const key = [phase, rateMultiplier, decoupled].join();
    const found = variants.get(key) ?? this.make(rule, phase, rateMultiplier, decoupled);
    variants.set(key, found);
    return found;
  }

  private decayOf(variable: VariableInfo): number | undefined {
    const { weightDecay, decays } = this.settings;
    const group = groupOf(this.known, variable.name);
    if (group?.weightDecay !== undefined) return group.weightDecay ?? 0;
    if (decays === 'kernels' && variable.shape.length < 2) return undefined;
    return this.rule.decayOf?.(variable, weightDecay) ?? weightDecay ?? 0;
  }

  private make(
    base: UpdateRule,
    phase: StepPhase,
    rateMultiplier: number,
    decay: number,
  ): UpdateRule {
    const { useEma, emaMomentum, emaOverwriteFrequency } = this.settings;
    let rule = decay > 0 ? withWeightDecay(base, decay) : base;
    if (rateMultiplier !== 1) rule = withRateMultiplier(rule, rateMultiplier);
    if (this.stepsPerUpdate > 1) rule = accumulating(rule, phase);
    if (!useEma) return rule;
    const overwriteFrequency = emaOverwriteFrequency;
    return withMovingAverage(rule, { momentum: emaMomentum, overwriteFrequency });
  }

  prepareGradients<E>(
    a: TensorAlgebra<E>,
    variables: readonly VariableStep<E>[],
    phase: StepPhase,
  ): readonly E[] {
    if (phase === 'accumulate') return variables.map(({ gradient }) => gradient);
    const steps = this.stepsPerUpdate;
    let current = variables;
    if (steps > 1) {
      const mean = ({ gradient, slots }: VariableStep<E>): E =>
        a.div(a.add(gradient, accumulatedGradient(slots)), a.constant(steps));
      current = variables.map((variable) => ({ ...variable, gradient: mean(variable) }));
    }
    for (const transform of this.transforms) {
      const gradients = transform(a, current);
      current = current.map((variable, i) => ({ ...variable, gradient: gradients[i] as E }));
    }
    return current.map(({ gradient }) => gradient);
  }
}

function withRateMultiplier(rule: UpdateRule, multiplier: number): UpdateRule {
  return { ...rule, scalars: (rate, ...when) => rule.scalars(rate * multiplier, ...when) };
}
