using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Grains.Policies;

/// <summary>What policies have spent, as read before a batch, with what the batch adds.</summary>
internal sealed class BatchSpending(StoreSpending read)
{
    private readonly Dictionary<(PolicyId, int), Money> _spent = new(read.Spent);
    private readonly Dictionary<PolicyId, int> _actions = new(read.Actions);

    public double Price => read.Price;

    public Money Spent(PolicyId policy, int period) => _spent.GetValueOrDefault((policy, period));

    public int Actions(PolicyId policy) => _actions.GetValueOrDefault(policy);

    public void Add(PolicyId policy, DecisionCharge charge)
    {
        _spent[(policy, charge.Period)] = Spent(policy, charge.Period) + charge.Amount;
        _actions[policy] = Actions(policy) + 1;
    }

    /// <summary>How the price moves: what all live policies may spend on a day, for as many decisions as come on a day.</summary>
    public BudgetPrice Pace(StorePolicies policies, DateOnly day) => new(
        Price,
        policies.All.Values.Where(p => p.Record.Mode == PolicyMode.Live).Sum(p =>
        {
            var left = p.Policy.Budget.Amount - Spent(p.Policy.Id, DecisionCharge.PeriodOn(p.Policy, day));
            return Math.Max(0, (double)left.Minor) / (DecisionCharge.DaysLeft(p.Policy, day) ?? BudgetPrice.PacedDays);
        }),
        read.Candidates.Select(c => (double)c).DefaultIfEmpty().Average());
}
