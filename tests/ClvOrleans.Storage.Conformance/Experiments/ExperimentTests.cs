using System.Text.Json;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;

namespace ClvOrleans.Storage.Conformance.Experiments;

/// <summary><see cref="IExperiments"/>: definitions by revision, and what policies did.</summary>
public class ExperimentTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly ExperimentId Mail = new("mail");

    [Fact]
    public async Task An_experiment_comes_back_as_it_was_kept()
    {
        var kept = Sample.Experiment("mail") with
        {
            State = ExperimentState.Running,
            StartedAt = Sample.Time,
            Surrogate = new Surrogate(1, 2, 3, 4, 5, 6, 700, .8),
        };
        kept = kept with
        {
            Definition = kept.Definition with
            {
                Guardrails = [new(Metric.Unsubscribed, .01)],
                Audience = "orders > 1",
                Assumed = new(.1, null, 30),
            },
        };
        Assert.True(await Store.Experiments.TryPutAsync(Shop, kept));
        await ReopenAsync();

        Assert.Equal(Text(kept), Text((await Store.Experiments.FindAsync(Shop, Mail))!));
        Assert.Null(await Store.Experiments.FindAsync(Other, Mail));
    }

    [Fact]
    public async Task A_revision_follows_the_one_before_it_and_no_other()
    {
        var first = Sample.Experiment("mail");
        Assert.False(await Store.Experiments.TryPutAsync(Shop, first with { Revision = 2 }));
        Assert.True(await Store.Experiments.TryPutAsync(Shop, first));
        Assert.False(await Store.Experiments.TryPutAsync(Shop, first));
        Assert.True(await Store.Experiments.TryPutAsync(Shop, first with { Revision = 2, State = ExperimentState.Running }));
        Assert.False(await Store.Experiments.TryPutAsync(Shop, first with { Revision = 2, State = ExperimentState.Stopped }));
        Assert.False(await Store.Experiments.TryPutAsync(Shop, first with { Revision = 4 }));
        Assert.Equal(ExperimentState.Running, (await Store.Experiments.FindAsync(Shop, Mail))!.State);
    }

    [Fact]
    public async Task Of_changes_that_come_at_once_one_is_kept()
    {
        Assert.True(await Store.Experiments.TryPutAsync(Shop, Sample.Experiment("mail")));
        var kept = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(_ => Task.Run(() => Store.Experiments.TryPutAsync(Shop, Sample.Experiment("mail") with { Revision = 2 }))));
        Assert.Single(kept, true);
    }

    [Fact]
    public async Task Experiments_are_listed_by_id_in_their_store_alone()
    {
        foreach (var id in (string[])["mail", "banner", "mail-2"])
        {
            Assert.True(await Store.Experiments.TryPutAsync(Shop, Sample.Experiment(id)));
        }

        Assert.True(await Store.Experiments.TryPutAsync(Other, Sample.Experiment("elsewhere")));
        Assert.Equal(["banner", "mail", "mail-2"], (await Store.Experiments.ListAsync(Shop)).Select(e => e.Definition.Id.Value));
    }

    [Fact]
    public async Task Of_what_a_policy_did_the_latest_reading_stays()
    {
        var policy = new PolicyId("win-back");
        await Store.Experiments.PutEffectAsync(Shop, policy, Sample.Effect("win-back", Sample.Time, 2));
        await Store.Experiments.PutEffectAsync(Shop, policy, Sample.Effect("win-back", Sample.Time.AddDays(1), 3));
        await Store.Experiments.PutEffectAsync(Shop, policy, Sample.Effect("win-back", Sample.Time.AddHours(1), 4));
        await Store.Experiments.PutEffectAsync(Shop, new PolicyId("thanks"), Sample.Effect("thanks"));
        await Store.Experiments.PutEffectAsync(Other, policy, Sample.Effect("win-back", Sample.Time.AddDays(9), 9));
        await ReopenAsync();

        Assert.Equal(
            [("policy/thanks", 2.0), ("policy/win-back", 3.0)],
            (await Store.Experiments.EffectsAsync(Shop)).Select(e => (e.Subject, e.Effect.Mean)));
    }

    private static string Text(ExperimentRecord record) => JsonSerializer.Serialize(record, ExperimentJson.Default.ExperimentRecord);
}
