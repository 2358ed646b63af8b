// What all optimizers share: the rate, counting steps, applying rules, saving state. A rule adds the maths.

import * as tf from '@tensorflow/tfjs-core';
import {
  invalidArgument,
  rateAt,
  sharedScalars,
  type Rate,
  type RuleDrivenOptimizer,
  type Schedule,
  type StepInfo,
  type StepPhase,
  type TensorAlgebra,
  type UpdateRule,
  type VariableInfo,
  type VariableStep,
} from '@graftjs/core';
import { disposeWeights, evaluationWeights, exchange, type Weight } from './evaluation-weights.js';
import { hasUpdateKernel, runUpdateKernel } from './kernels/update-kernel.js';
import { SCHEDULABLE } from './momentum.js';
import { settingsOf, type OptimizerOptions } from './options.js';
import type { ParameterGroups } from './parameter-groups.js';
import { ruleSource, type OptimizerRule, type RuleSource } from './rule-source.js';
import { SlotStore, type NamedTensor } from './slot-store.js';
import { tensorAlgebra } from './tensor-algebra.js';

type Gradients = tf.NamedTensorMap | NamedTensor[];
type Config = tf.serialization.ConfigDict;

/**
 * A `tf.Optimizer` driven by update rules; stock `model.compile` takes it.
 *
 * Slots are keyed by variable name, so layers may be unfrozen and the model compiled again with the same optimizer:
 * what has trained before keeps its moments, what is new starts afresh (tensorflow/tfjs #4290).
 */
export abstract class RuleOptimizer extends tf.Optimizer implements RuleDrivenOptimizer {
  private readonly slots: SlotStore;

  protected constructor(
    /** For wrappers. */
    readonly source: RuleSource,
    private rate: Rate,
    /** All options as `getConfig` gives them, but for those that may change: the rate and the groups. */
    private readonly settings: Readonly<Record<string, unknown>>,
  ) {
    super();
    rateAt(rate, 0);
    this.slots = new SlotStore(source, () => Math.floor(this.iterations / source.stepsPerUpdate));
  }

  /** The rate of the next step: a number, or a schedule over the steps made so far. */
  get learningRate(): Rate {
    return this.rate;
  }

  set learningRate(rate: Rate) {
    rateAt(rate, this.iterations);
    this.rate = rate;
  }

  /** Options of some variables; slots stay where groups change. */
  get groups(): ParameterGroups {
    return this.source.groups;
  }

  set groups(groups: ParameterGroups) {
    this.source.groups = groups;
  }

  get phases(): readonly StepPhase[] {
    return this.source.stepsPerUpdate > 1 ? ['accumulate', 'update'] : ['update'];
  }

  ruleFor(variable: VariableInfo, phase: StepPhase): UpdateRule | undefined {
    return this.source.isFrozen(variable) ? undefined : this.source.ruleOf(variable, phase);
  }

  prepareGradients<E>(
    algebra: TensorAlgebra<E>,
    variables: readonly VariableStep<E>[],
    phase: StepPhase,
  ): readonly E[] {
    return this.source.prepareGradients(algebra, variables, phase);
  }

  nextStep(variables: readonly tf.Variable[]): StepInfo {
    const done = this.iterations;
    const ages = variables.map((variable) => this.slots.updatesOf(variable) + 1);
    return { ...stepAt(this.source, done), rate: rateAt(this.rate, done), ages };
  }

  advance(variables: readonly tf.Variable[]): void {
    if (stepAt(this.source, this.iterations).phase === 'update') this.slots.count(variables);
    this.incrementIterations();
  }

  override applyGradients(gradients: Gradients): void {
    const named = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const updates = named
      // tfjs passes a null gradient for a variable that the loss does not depend on.
      .filter(({ tensor }) => tensor)
      .map(({ name, tensor }) => ({ variable: registeredVariable(name), gradient: tensor }))
      .filter(({ variable }) => !this.source.isFrozen(variable));
    const variables = updates.map(({ variable }) => variable);
    this.slots.bind(variables);
    tf.tidy(() => {
      const step = this.nextStep(variables);
      const scalarsOf = scalarsIn(step);
      const ruled = updates.map(({ variable, gradient }, i) => {
        const rule = this.source.ruleOf(variable, step.phase);
        return { variable, gradient, rule, ...scalarsOf(rule, step.ages[i] as number) };
      });
      this.advance(variables);
      const inputs = ruled.map(({ variable, gradient, rule, tensors }): VariableStep<tf.Tensor> => {
        const { shape } = variable;
        const slots = this.slots.named(variable);
        return { rule, gradient, slots, weight: variable, shape, scalars: tensors };
      });
      const prepared = this.prepareGradients(tensorAlgebra, inputs, step.phase);
      const ready = inputs.map((each, i) => ({ ...each, gradient: prepared[i] as tf.Tensor }));
      const shared = sharedScalars(tensorAlgebra, ready);
      for (const [i, each] of ready.entries()) {
        const { variable, numbers, byKernel } = ruled[i] as (typeof ruled)[number];
        if (byKernel) this.updateByKernel(variable, each, numbers);
        else tf.tidy(() => this.updateVariable(variable, each, shared));
      }
    });
  }

  private updateByKernel(
    variable: tf.Variable,
    { rule, gradient, slots }: VariableStep<tf.Tensor>,
    scalars: Record<string, number>,
  ): void {
    const outputs = runUpdateKernel(rule, { weight: variable, gradient, ...slots }, scalars);
    const [weight, ...rest] = outputs as [tf.Tensor, ...tf.Tensor[]];
    variable.assign(weight);
    weight.dispose();
    this.slots.replace(variable, rest);
  }

  private updateVariable(
    variable: tf.Variable,
    step: VariableStep<tf.Tensor>,
    shared: Record<string, tf.Tensor>,
  ): void {
    const { rule } = step;
    const next = rule.update(tensorAlgebra, { ...step, shared });
    if (next.weight !== variable) variable.assign(next.weight);
    const slots = rule.slots.map((slot) => next.slots[slot] as tf.Tensor);
    this.slots.write(variable, slots);
  }

  slotsOf(variable: VariableInfo): readonly string[] {
    return this.source.ruleOf(variable, 'update').slots;
  }

  readSlots(variable: tf.Variable): tf.Tensor[] {
    return this.slots.read(variable);
  }

  writeSlots(variable: tf.Variable, values: readonly tf.Tensor[]): void {
    this.slots.write(variable, values);
  }

  /**
   * Does some work, such as `evaluate`, with the weights that the optimizer means to be evaluated: the moving average where
   * it keeps one, the slow weights of Lookahead, the average of a schedule-free method. The trained weights are back
   * afterwards, also where the work fails. With any other optimizer the weights are as they are.
   *
   * @example
   * const logs = await optimizer.evaluating(() => evaluate(model, validation, measures));
   */
  async evaluating<T>(work: () => T | Promise<T>): Promise<T> {
    const trained = exchange(this.evaluationWeights());
    try {
      return await work();
    } finally {
      disposeWeights(exchange(trained));
    }
  }

  /** Puts these weights into the model for good: what to do after training, before it is saved. */
  finalize(): void {
    disposeWeights(exchange(this.evaluationWeights()));
  }

  private evaluationWeights(): Weight[] {
    // The last step made; before the first there are no slots.
    const last = Math.max(this.iterations - 1, 0);
    const step = { ...stepAt(this.source, last), rate: rateAt(this.rate, last) };
    return evaluationWeights(this.source, this.slots, step);
  }

  /**
   * `iter` first, then the slots of each variable, named `<variable>/<slot>`, and where it has had fewer updates than the
   * optimizer has made, their number as `<variable>/updates`. As with tfjs's optimizers the slots are the optimizer's own:
   * valid until the next step, and not the caller's to dispose.
   */
  override async getWeights(): Promise<NamedTensor[]> {
    return [await this.saveIterations(), ...this.slots.entries()];
  }

  /**
   * Takes what `getWeights` gave. A variable finds its slots by name, whatever `_1` tfjs appended to make it unique; where
   * no name fits, since the layers were renamed, by order.
   *
   * @throws GraftError for anything but `iter` and the rules' slots
   */
  override async setWeights(weights: NamedTensor[]): Promise<void> {
    const [iter, ...named] = weights;
    const groups = iter?.name === 'iter' ? await this.slots.group(named) : undefined;
    if (iter === undefined || groups === undefined) {
      throw invalidArgument(
        'weights',
        `"iter" followed by the slots of each variable (${this.slots.description})`,
        weights.map(({ name }) => name),
      );
    }
    await this.extractIterations([iter]);
    this.slots.load(groups);
  }

  override dispose(): void {
    this.slots.dispose();
    super.dispose();
  }

  /** All options, in a form that JSON holds; a schedule becomes its config. */
  override getConfig(): Config {
    const given = { learningRate: this.rate, ...this.settings, groups: this.source.groups };
    const entries = Object.entries(given).map(([name, value]) => [name, plain(value)] as const);
    return Object.fromEntries(entries) as Config;
  }

  /**
   * Makes an optimizer again of what `getConfig` gave, also after JSON, with a constant rate and momentum. Where one of them
   * was a schedule, `optimizerFromConfig` makes that again as well: apart, so that an app does not carry all schedules.
   *
   * @throws GraftError where the rate or the momentum is the config of a schedule, or was a function without one
   * @example
   * const again = Adam.fromConfig(Adam, optimizer.getConfig());
   */
  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: Config,
  ): T {
    for (const name of SCHEDULABLE) {
      if (!(name in config) || ['number', 'function'].includes(typeof config[name])) continue;
      const rule = 'a number; optimizerFromConfig makes a schedule again of its config';
      throw invalidArgument(`config.${name}`, rule, config[name]);
    }
    return new cls(config);
  }
}

/** An optimizer that has one rule and takes all options. */
export abstract class SimpleOptimizer extends RuleOptimizer {
  /**
   * @param own the options of its class, with defaults, as `getConfig` gives them
   * @param options what was given, and the default rate
   */
  protected constructor(
    rule: UpdateRule | OptimizerRule,
    own: Readonly<Record<string, unknown>>,
    options: OptimizerOptions & { learningRate: Rate },
  ) {
    const settings = settingsOf(options);
    super(ruleSource(rule, settings), options.learningRate, { ...settings, ...own });
  }
}

/** A setting as JSON can hold it. */
const plain = (setting: unknown): unknown =>
  typeof setting === 'function' ? ((setting as Schedule).config ?? null) : setting;

/** The phase and the update of a step, when `done` were made before. */
function stepAt({ stepsPerUpdate }: RuleSource, done: number): Pick<StepInfo, 'phase' | 'update'> {
  const updates = (done + 1) % stepsPerUpdate === 0;
  const update = Math.floor(done / stepsPerUpdate) + 1;
  return { phase: updates ? 'update' : 'accumulate', update };
}

function registeredVariable(name: string): tf.Variable {
  const variable = tf.engine().registeredVariables[name];
  if (!variable) throw invalidArgument('gradients', 'named after registered variables', name);
  return variable;
}

/** The scalars of a rule in a step. */
interface RuleScalars {
  readonly numbers: Record<string, number>;
  /** None where a kernel takes the numbers. */
  readonly tensors: Record<string, tf.Tensor>;
  readonly byKernel: boolean;
}

/** Gives those of a rule at an age: the same object each time. */
function scalarsIn({ rate, update }: StepInfo): (rule: UpdateRule, age: number) => RuleScalars {
  const rules = new Map<UpdateRule, Map<number, RuleScalars>>();
  return (rule, age) => {
    let ages = rules.get(rule);
    if (!ages) rules.set(rule, (ages = new Map<number, RuleScalars>()));
    let scalars = ages.get(age);
    if (!scalars) ages.set(age, (scalars = scalarsOf(rule, rule.scalars(rate, update, age))));
    return scalars;
  };
}

function scalarsOf(rule: UpdateRule, numbers: Record<string, number>): RuleScalars {
  const byKernel = hasUpdateKernel(rule);
  const entries = byKernel ? [] : Object.entries(numbers);
  const tensors = Object.fromEntries(entries.map(([name, value]) => [name, tf.scalar(value)]));
  return { numbers, tensors, byKernel };
}
