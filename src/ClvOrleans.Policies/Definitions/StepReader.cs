using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Policies.Definitions;

/// <summary>Reads the steps of a definition.</summary>
/// <param name="rules">What rules may ask of the store's customers.</param>
/// <param name="allowPrivate">Whether webhooks may call the service's own network.</param>
/// <param name="hasAddresses">Whether the store has its customers' addresses.</param>
internal sealed class StepReader(RuleSchema<CustomerFacts> rules, bool allowPrivate, bool hasAddresses)
{
    private const int MostSteps = 64;
    private const int MostDepth = 4;
    private const int LongestPayload = 16_384;

    public ImmutableArray<PolicyStep> Read(DefinitionObject form)
    {
        var count = 0;
        var steps = Read(form, "steps", 0, ref count);
        if (count > MostSteps)
        {
            form.Add("steps", string.Create(CultureInfo.InvariantCulture, $"There are {count} steps; {MostSteps} are allowed."));
        }

        if (form.Find("steps") is { ValueKind: JsonValueKind.Array } && !HasAction(steps))
        {
            form.Add("steps", "None of them does anything: add a step with do.");
        }

        return steps;
    }

    public PolicyAction? Action(DefinitionObject form)
    {
        var before = form.Mistakes.Count;
        var channel = form.Need("channel", "\"webhook\", \"email\", \"audience\" or \"slot\".") is null ? null : Channel(form);
        var topic = form.Need("topic", "what it is about, such as \"win-back\"; the name of the audience or slot.") is null
            ? null
            : form.Text("topic", 59);
        if (topic is not null && !IsTopic(topic))
        {
            form.Add("topic", "A small letter, then a-z, 0-9, '_' and '-' are allowed.");
        }

        var transactional = form.Flag("transactional");
        var cost = form.Need("cost", "what one such action costs, such as 2.50; 0 where it costs nothing.") is null
            ? null
            : form.Amount("cost", rules.Currency);
        var effect = form.Need("effect", "the assumed effect as long as none is measured, such as { \"shareOfValue\": 0.05 }.") is null
            ? null
            : Effect(form.Object("effect"));
        var payload = form.Find("payload");
        if (payload is { } given && given.GetRawText().Length > LongestPayload)
        {
            form.Add("payload", string.Create(CultureInfo.InvariantCulture, $"It has more than {LongestPayload} characters."));
        }
        else if (payload is { } template)
        {
            var ofChannel = channel is { } by ? ActionPayload.Mistakes(by, template, allowPrivate) : [];
            foreach (var message in PayloadTemplate.Mistakes(template).Concat(ofChannel))
            {
                form.Add("payload", message);
            }
        }

        form.End();
        return form.Mistakes.Count > before || effect is null ? null : new PolicyAction
        {
            Channel = channel!.Value,
            Topic = topic!,
            IsTransactional = transactional ?? false,
            Payload = payload ?? JsonElement.Parse("{}"),
            Cost = cost ?? Money.Zero,
            Effect = effect,
        };
    }

    private ActionChannel? Channel(DefinitionObject form)
    {
        if (form.Text("channel", 20) is not { } text)
        {
            return null;
        }

        foreach (var channel in Enum.GetValues<ActionChannel>())
        {
            if (channel.Name() != text)
            {
                continue;
            }

            if (channel != ActionChannel.Email || hasAddresses)
            {
                return channel;
            }

            form.Add("channel", "The store has pseudonyms and knows no addresses, so it sends no e-mail: use \"webhook\", and send the "
                + "e-mail from the system that knows whose pseudonym it is.");
            return null;
        }

        form.Add("channel", "\"webhook\", \"email\", \"audience\" or \"slot\" was expected.");
        return null;
    }

    private static PolicyEffect? Effect(DefinitionObject? form)
    {
        if (form?.OneOf("amount", "shareOfValue", "shareOfValueAtRisk") is not { } unit)
        {
            form?.End();
            return null;
        }

        var most = unit == "amount" ? (double)Currency.GreatestOrder : 10;
        var (mean, sd) = (form.Number(unit, -most, most), form.Number("sd", 0, most));
        form.End();
        return mean is null ? null : new PolicyEffect(
            mean.Value,
            sd ?? 0,
            unit switch { "amount" => EffectUnit.Amount, "shareOfValue" => EffectUnit.ShareOfValue, _ => EffectUnit.ShareOfValueAtRisk },
            EffectSource.Assumed);
    }

    private ImmutableArray<PolicyStep> Read(DefinitionObject form, string name, int depth, ref int count)
    {
        var steps = ImmutableArray.CreateBuilder<PolicyStep>();
        foreach (var item in form.List(name))
        {
            count++;
            if (Step(item, depth, ref count) is { } step)
            {
                steps.Add(step);
            }
        }

        return steps.ToImmutable();
    }

    private PolicyStep? Step(DefinitionObject form, int depth, ref int count)
    {
        PolicyStep? step = null;
        switch (form.OneOf("do", "wait", "branch"))
        {
            case "do":
                step = form.Object("do") is { } action && Action(action) is { } done ? new ActStep(done) : null;
                break;
            case "wait":
                step = Wait(form);
                break;
            case "branch" when depth == MostDepth:
                form.Add("branch", string.Create(CultureInfo.InvariantCulture, $"Branches are at most {MostDepth} deep."));
                break;
            case "branch":
                step = Branch(form, depth, ref count);
                break;
        }

        form.End();
        return step;
    }

    private BranchStep? Branch(DefinitionObject form, int depth, ref int count)
    {
        var branches = ImmutableArray.CreateBuilder<PolicyBranch>();
        foreach (var item in form.List("branch"))
        {
            var rule = item.Need("if", "the rule of the branch.") is null ? null : item.Rule("if", rules);
            var steps = Read(item, "steps", depth + 1, ref count);
            item.End();
            if (rule is not null)
            {
                branches.Add(new PolicyBranch(rule, steps));
            }
        }

        if (branches.Count == 0)
        {
            form.Add("branch", "A list such as [ { \"if\": \"predictedValue > 500\", \"steps\": [...] } ] was expected.");
        }

        return new BranchStep(branches.ToImmutable(), Read(form, "else", depth + 1, ref count));
    }

    private static WaitStep? Wait(DefinitionObject form)
    {
        if (form.Text("wait", 20) is not { } text)
        {
            return null;
        }

        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var unit = parts is [_, var word] ? word switch
        {
            "minute" or "minutes" => TimeSpan.FromMinutes(1),
            "hour" or "hours" => TimeSpan.FromHours(1),
            "day" or "days" => TimeSpan.FromDays(1),
            "week" or "weeks" => TimeSpan.FromDays(7),
            _ => TimeSpan.Zero,
        } : TimeSpan.Zero;
        if (unit > TimeSpan.Zero
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 600_000
            && unit * number <= TimeSpan.FromDays(366))
        {
            return new WaitStep(unit * number);
        }

        form.Add("wait", "A time such as \"3 days\" was expected: minutes, hours, days or weeks, at most 366 days.");
        return null;
    }

    private static bool HasAction(ImmutableArray<PolicyStep> steps) => steps.Any(s => s switch
    {
        ActStep => true,
        BranchStep b => HasAction(b.Otherwise) || b.Branches.Any(i => HasAction(i.Steps)),
        _ => false,
    });

    private static bool IsTopic(string topic) =>
        topic[0] is >= 'a' and <= 'z' && topic.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');
}
