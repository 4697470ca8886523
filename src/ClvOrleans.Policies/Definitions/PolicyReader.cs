using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Policies.Definitions;

/// <summary>Reads definitions of policies: JSON, with every mistake named.</summary>
/// <param name="rules">What rules may ask of the store's customers.</param>
/// <param name="segments">The segments that there are; null to take any.</param>
/// <param name="allowPrivate">Whether webhooks may call the service's own network.</param>
/// <param name="hasAddresses">Whether the store has its customers' addresses, without which there are no e-mails.</param>
public sealed class PolicyReader(
    RuleSchema<CustomerFacts> rules, IReadOnlyCollection<string>? segments = null, bool allowPrivate = false, bool hasAddresses = true)
{
    /// <summary>The longest definition, in bytes.</summary>
    public const int Longest = 65_536;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };
    private readonly StepReader _steps = new(rules, allowPrivate, hasAddresses);

    /// <summary>
    /// Reads a definition that is kept; null where it cannot be read any more, as it may be of another version of the service. Whether
    /// webhooks may call the service's own network was asked when it was defined, and is asked again at each connection.
    /// </summary>
    /// <param name="rules">What rules may ask of the store's customers.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="unreadable">Told why it cannot be read.</param>
    public static Policy? ReadKept(RuleSchema<CustomerFacts> rules, string definition, Action<PolicyException>? unreadable = null)
    {
        try
        {
            return new PolicyReader(rules, allowPrivate: true).Read(definition);
        }
        catch (PolicyException e)
        {
            unreadable?.Invoke(e);
            return null;
        }
    }

    /// <summary>Reads a definition.</summary>
    /// <exception cref="PolicyException">It cannot be used; all that is wrong with it.</exception>
    public Policy Read(string definition)
    {
        var mistakes = new List<PolicyMistake>();
        var policy = Parse(definition, mistakes) is { } document ? Read(document, mistakes) : null;
        return mistakes.Count == 0 ? policy! : throw new PolicyException([.. mistakes]);
    }

    private static DefinitionObject? Parse(string definition, List<PolicyMistake> mistakes)
    {
        var bytes = Encoding.UTF8.GetBytes(definition);
        if (bytes.Length > Longest)
        {
            mistakes.Add(new PolicyMistake("", string.Create(CultureInfo.InvariantCulture, $"It has more than {Longest} bytes.")));
            return null;
        }

        try
        {
            if (BrokenText.Find(bytes, default) is { } place)
            {
                mistakes.Add(new PolicyMistake(place, "It is not valid Unicode."));
                return null;
            }

            using var document = JsonDocument.Parse(bytes, Strict);
            return DefinitionObject.Of(document.RootElement.Clone(), "", mistakes);
        }
        catch (JsonException e)
        {
            mistakes.Add(new PolicyMistake("", $"It is not JSON, line {e.LineNumber + 1}: {e.Message}"));
            return null;
        }
    }

    private Policy? Read(DefinitionObject form, List<PolicyMistake> mistakes)
    {
        var before = mistakes.Count;
        var id = form.Need("id", "the name of the policy in addresses, such as \"win-back\".") is null ? null : form.Text("id", 63);
        if (id is not null && !PolicyId.IsValid(id))
        {
            form.Add("id", "A small letter, then up to 62 of a-z, 0-9 and '-' are allowed.");
        }

        var name = form.Text("name", 200);
        var trigger = form.Need("when", "what makes the policy look at a customer, such as { \"rule\": \"pAlive < 0.4\" }.") is null
            ? null
            : Trigger(form.Object("when"));
        var audience = form.Rule("audience", rules);
        var goal = form.Rule("goal", rules);
        var endsWithOrder = form.Flag("endsWithOrder");
        var steps = Steps(form);
        var budget = Budget(form);
        var coolDown = form.Whole("coolDownDays", 0, 3_650);
        var cap = Cap(form.Object("cap"));
        var dayCap = form.Whole("dayCap", 1, 1_000_000_000);
        var quiet = Quiet(form.Object("quietHours"));
        var reentry = ReadReentry(form);
        var holdout = form.Number("holdout", 0, .9);
        var exploration = form.Number("exploration", 0, .05);
        var waiting = form.Whole("waitingDays", 0, 90);
        var (starts, ends) = (form.Instant("starts"), form.Instant("ends"));
        if (starts >= ends)
        {
            form.Add("ends", "It must be later than starts.");
        }

        form.End();
        return mistakes.Count > before ? null : new Policy
        {
            Id = new PolicyId(id!),
            Name = name,
            Trigger = trigger!,
            Audience = audience,
            Goal = goal,
            EndsWithOrder = endsWithOrder ?? true,
            Steps = steps,
            Budget = budget!,
            CoolDownDays = coolDown ?? 0,
            CustomerCap = cap,
            DayCap = dayCap,
            QuietHours = quiet,
            Reentry = reentry,
            Holdout = holdout ?? .1,
            Exploration = exploration ?? .02,
            WaitingDays = waiting ?? 0,
            Starts = starts,
            Ends = ends,
        };
    }

    private PolicyTrigger? Trigger(DefinitionObject? when)
    {
        var kind = when?.OneOf("entered", "left", "rule", "pAliveBelow", "since", "valueFallsBy", "valueRisesBy", "event");
        var trigger = kind switch
        {
            "entered" or "left" when Segment(when!, kind) is { } segment => new PolicyTrigger
            {
                Kind = kind == "entered" ? TriggerKind.SegmentEntered : TriggerKind.SegmentLeft,
                Segment = segment,
            },
            "rule" when when!.Rule("rule", rules) is { } rule => Holds(rule),
            "pAliveBelow" when when!.Number("pAliveBelow", 0, 1) is { } below =>
                Holds(string.Create(CultureInfo.InvariantCulture, $"pAlive < {(decimal)below}")),
            "since" => Since(when!),
            "valueFallsBy" or "valueRisesBy" => Moved(when!, kind),
            "event" => Happened(when!),
            _ => null,
        };
        when?.End();
        return trigger;
    }

    private string? Segment(DefinitionObject when, string kind)
    {
        if (when.Text(kind, 100) is not { } segment || segments is null || segments.Contains(segment))
        {
            return when.Text(kind, 100);
        }

        when.Add(kind, DefinitionObject.Nearest(segment, segments) is { } near
            ? $"There is no segment {segment}. Did you mean {near}?"
            : $"There is no segment {segment}. Define it first: clv segments define.");
        return null;
    }

    private static PolicyTrigger? Since(DefinitionObject when)
    {
        string[] fields = ["firstSeen", "lastSeen", "firstPurchase", "lastPurchase"];
        var (since, days) = (when.Text("since", 20), when.Whole("days", 1, 3_650));
        if (since is not null && !fields.Contains(since))
        {
            when.Add("since", $"One of {string.Join(", ", fields)} was expected.");
        }

        if (when.Find("days") is null)
        {
            when.Add("days", "It is missing: how many days after it.");
        }

        return since is null || days is null ? null : Holds(string.Create(CultureInfo.InvariantCulture, $"today - {since} >= {days}"));
    }

    private PolicyTrigger? Moved(DefinitionObject when, string kind)
    {
        var text = when.Find(kind) is { ValueKind: JsonValueKind.String } ? when.Text(kind, 20) : null;
        double? share = null;
        Money? amount = null;
        if (text is not null)
        {
            share = text.EndsWith('%')
                && decimal.TryParse(text[..^1].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                && percent is > 0 and <= 100_000 ? (double)(percent / 100) : null;
        }
        else
        {
            amount = when.Amount(kind, rules.Currency);
        }

        if ((text is not null && share is null) || amount == Money.Zero)
        {
            when.Add(kind, "A share such as \"20%\" or an amount such as 50 was expected, above 0.");
        }

        return share is null && amount is null
            ? null
            : new PolicyTrigger { Kind = TriggerKind.ValueMoved, IsFall = kind == "valueFallsBy", ByShare = share, ByAmount = amount };
    }

    private PolicyTrigger? Happened(DefinitionObject when)
    {
        var (name, rule) = (when.Text("event", 60), when.Rule("where", rules));
        if (Enum.TryParse<EventKind>(name, out var kind) && kind.ToString() == name)
        {
            return new PolicyTrigger { Kind = TriggerKind.EventHappened, Event = kind, Rule = rule };
        }

        if (name is not null)
        {
            var near = DefinitionObject.Nearest(name.Replace(" ", "", StringComparison.Ordinal), Enum.GetNames<EventKind>());
            when.Add("event", $"There is no kind of event '{name}'."
                + (near is null ? $" There are {string.Join(", ", Enum.GetNames<EventKind>())}." : $" Did you mean {near}?"));
        }

        return null;
    }

    private static PolicyTrigger Holds(string rule) => new() { Kind = TriggerKind.RuleHolds, Rule = rule };

    private ImmutableArray<PolicyStep> Steps(DefinitionObject form)
    {
        if (form.Find("do") is not null && form.Find("steps") is not null)
        {
            form.Add("steps", "It cannot be beside do: choose one of them.");
            return [];
        }

        if (form.Find("do") is not null)
        {
            return form.Object("do") is { } action && _steps.Action(action) is { } one ? [new ActStep(one)] : [];
        }

        if (form.Find("steps") is null)
        {
            form.Add("do", "It is missing: what is done for the customer, or steps with several.");
            return [];
        }

        return _steps.Read(form);
    }

    private PolicyBudget? Budget(DefinitionObject form)
    {
        if (form.Need("budget", "what the policy may spend, such as { \"amount\": 5000, \"days\": 30 }.") is null
            || form.Object("budget") is not { } budget)
        {
            return null;
        }

        var amount = budget.Need("amount", "a policy without a limit of what it spends is not taken.") is null
            ? null
            : budget.Amount("amount", rules.Currency);
        var days = budget.Whole("days", 1, 3_650);
        budget.End();
        return amount is { } limit ? new PolicyBudget(limit, days) : null;
    }

    private static CustomerCap? Cap(DefinitionObject? cap)
    {
        if (cap is null)
        {
            return null;
        }

        var most = cap.Need("most", "how often at most.") is null ? null : cap.Whole("most", 1, 100);
        var days = cap.Need("days", "within how many days.") is null ? null : cap.Whole("days", 1, 3_650);
        cap.End();
        return most is null || days is null ? null : new CustomerCap(most.Value, days.Value);
    }

    private static QuietHours? Quiet(DefinitionObject? quiet)
    {
        if (quiet is null)
        {
            return null;
        }

        var (from, to, then) = (Clock(quiet, "from"), Clock(quiet, "to"), quiet.Text("then", 10) ?? "hold");
        if (then is not ("hold" or "drop"))
        {
            quiet.Add("then", "\"hold\" or \"drop\" was expected.");
        }

        if (from is not null && from == to)
        {
            quiet.Add("to", "It must differ from \"from\": a policy that is always quiet never acts.");
        }

        quiet.End();
        return from is null || to is null ? null : new QuietHours(from.Value, to.Value, then == "drop");
    }

    private static TimeOnly? Clock(DefinitionObject quiet, string name)
    {
        if (quiet.Need(name, "a time such as \"22:00\".") is null)
        {
            return null;
        }

        if (quiet.Text(name, 5) is { } text
            && TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        quiet.Add(name, "A time of the day such as \"22:00\" was expected.");
        return null;
    }

    private static Reentry ReadReentry(DefinitionObject form)
    {
        switch (form.Find("reentry"))
        {
            case null or { ValueKind: JsonValueKind.String } when form.Text("reentry", 20) is null or "never":
                return Reentry.Never;
            case { ValueKind: JsonValueKind.String } when form.Text("reentry", 20) == "always":
                return Reentry.Always;
            case { ValueKind: JsonValueKind.Number }:
                return new Reentry(form.Whole("reentry", 1, 3_650));
            default:
                form.Add("reentry", "\"never\", \"always\" or a number of days was expected.");
                return default;
        }
    }
}
