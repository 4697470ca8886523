using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;
using ClvOrleans.Storage.Conformance.Watches;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Releases;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Conformance.Faulty;

/// <summary>Uses every writing call of the ports once or more, and repeats those that fail.</summary>
internal sealed class Caller(Ports ports)
{
    /// <summary>The calls that write.</summary>
    public static readonly string[] Writes =
    [
        "IJournal.AppendAsync", "IJournal.HoldAsync", "IJournal.ContestAsync", "ICustomerRows.UpdateAsync", "IDeadLetters.AddAsync",
        "IDeadLetters.MarkReplayedAsync", "IDeadLetters.DiscardAsync", "IModelRegistry.AddAsync", "IModelRegistry.AddFirstAsync",
        "IModelRegistry.AddTrainingAsync",
        "IModelRegistry.PromoteAsync", "IModelRegistry.RollBackAsync", "IPredictions.AddAsync",
        "IPredictions.AddTotalsAsync", "IPredictions.KeepMembersAsync", "IPredictions.SettleAsync", "IMarketEntries.PutAsync",
        "IAcquisitionCosts.PutAsync", "IAcquisitionCosts.RemoveAsync",
        "IMarketEntries.RemoveAsync", "IJobRecords.TakeAsync", "IJobRecords.TryPutAsync", "IImportFiles.PutAsync",
        "IImportFiles.DeleteAsync", "ISourceCounts.AddAsync", "IPrivacyRequests.AddAsync", "IStoreStamps.WriteAsync",
        "IStoreRecords.TryPutAsync", "IEventPacks.PackAsync",
        "IExperiments.TryPutAsync", "IExperiments.PutEffectAsync", "IExposures.ExposeAsync", "IExposures.FollowAsync",
        "IExposures.KeepAsync",
        "IPolicies.TryPutAsync", "IPolicies.SetModeAsync", "IPolicies.TryPutTermsAsync", "IDecisions.TakeAsync", "IDecisions.AppendAsync",
        "IDecisions.GiveBackAsync", "IDeliveries.AddAsync", "IDeliveries.TakeAsync", "IDeliveries.TryPutAsync", "IDeliveries.ReviveAsync",
        "IDeliveries.HandOverAsync", "IDeliveries.PruneAsync", "IDecisions.PruneAsync",
        "ISubscriptions.TryPutAsync", "ISubscriptions.RemoveAsync", "ISubscriptions.TryFollowAsync",
        "ICredentials.TryAddAsync", "ICredentials.RevokeAsync", "ICredentials.ExpireAsync", "ICredentials.NoteUseAsync",
        "ICredentials.PruneAsync", "IKeyRing.AddAsync", "IAuditLog.AppendAsync", "IAudiences.TryKeepAsync", "IAudiences.TryTellAsync",
        "ICustomerRows.SolveAsync", "ISegmentDefinitions.TryPutAsync", "ITransitions.PruneAsync",
        "IReportReleases.KeepAsync", "IReportReleases.SecretAsync",
    ];

    public async Task RunAsync()
    {
        var held = new HeldEvent(Sample.Customer("bea"), Sample.Refund("m2", "1"));
        await RepeatAsync(() => ports.Journal.HoldAsync(held));
        await AppendAsync(Sample.Commit("anna", 0, "m1") with { ClaimedOrders = ["1"], Delivered = [held] });
        var contested = new ContestedCompletion(Sample.Customer("cleo"), Sample.Completion("m3", "1"));
        await RepeatAsync(() => ports.Journal.ContestAsync(contested, Sample.Customer("anna")));
        await AppendAsync(Sample.Commit("cleo", 0, "m4"));
        await AppendAsync(
            Sample.Commit("anna", 1, "m4", "m3") with { Merged = new IdentityMerge(Sample.Customer("cleo"), 1), Settled = [contested] });
        await CredentialsAsync();
        await ExperimentsAsync();
        await PoliciesAsync();
        await RepeatAsync(() => ports.Packs.PackAsync(Sample.Customer("anna"), Sample.Time, (_, _) => true));
        var row = (await LookAsync(() => ports.Rows.FindAsync(Sample.Customer("anna"))))!;
        await RepeatAsync(() => ports.Rows.UpdateAsync([row with { Contribution = row.Contribution with { Generation = 7 } }]));
        await WatchesAsync();
        await LettersAsync();
        await ModelsAsync();
        await RepeatAsync(() => ports.Market.PutAsync(Sample.Shop, [Entry("a"), Entry("b")]));
        await RepeatAsync(() => ports.Market.RemoveAsync(Sample.Shop, "a"));
        await RepeatAsync(() => ports.Costs.PutAsync(Sample.Shop, [Cost("a"), Cost("b")]));
        await RepeatAsync(() => ports.Costs.RemoveAsync(Sample.Shop, "a"));
        await JobsAsync();
        await DeliveriesAsync();
        await RepeatAsync(() => ports.Files.PutAsync(Sample.Shop, "a", 0, new byte[] { 1 }, Sample.Time));
        await RepeatAsync(() => ports.Files.PutAsync(Sample.Shop, "b", 0, new byte[] { 2 }, Sample.Time));
        await RepeatAsync(() => ports.Files.DeleteAsync(Sample.Shop, "a"));
        await OnceAsync(
            () => ports.Sources.AddAsync(Sample.Shop, [Sample.Count("web", 2), Sample.Count("ios", 1)]),
            async () => (await ports.Sources.ReadAsync(Sample.Shop)).Count > 0);
        await RepeatAsync(() => ports.Requests.AddAsync(Sample.Request("p1")));
        await RepeatAsync(() => ports.Releases.SecretAsync(Sample.Shop, "ab"));
        await RepeatAsync(() => ports.Releases.KeepAsync(
            Sample.Shop, new KeptRelease(new DateOnly(2026, 1, 11), "{}"), new DateOnly(2026, 1, 5)));
        var stamp = new StoreStamp(Sample.Shop, "USD", "UTC", 3_000, 365, .1);
        await RepeatAsync(() => ports.Stamps.WriteAsync(stamp, Sample.Time));
        await RepeatAsync(() => ports.Stamps.WriteAsync(stamp with { HorizonDays = 90 }, Sample.Time));
        await OnceAsync(
            () => ports.Records.TryPutAsync(Sample.Store(Sample.Shop), stamp, 0),
            async () => (await ports.Records.ReadAsync()).Revision == 1);
    }

    private async Task WatchesAsync()
    {
        var (dora, list) = (Sample.Customer("dora"), Look.List(1, "a", "b"));
        await AppendAsync(Sample.Commit("dora", 0, "m5") with
        {
            Row = Sample.Row(dora, 1) with { Reading = Look.At(dora, list, ["a"], 0, null, "m5") },
        });
        var row = (await LookAsync(() => ports.Rows.FindAsync(dora)))!;
        await RepeatAsync(
            () => ports.Rows.UpdateAsync([row with { Reading = Look.At(dora, list, ["b"]) with { At = Sample.Time.AddDays(1) } }]));
        var commit = await LookAsync(() => ports.Rows.FindCommitAsync(Sample.Shop, dora.Shard));
        await RepeatAsync(() => ports.Rows.SolveAsync([new CustomerTurn(dora, commit, new DateOnly(2026, 5, 1))]));
        var segment = new SegmentDefinition { Id = new SegmentId("a"), Rule = "true" };
        await OnceAsync(
            () => ports.Segments.TryPutAsync(Sample.Shop, segment, 0),
            async () => (await ports.Segments.ReadAsync(Sample.Shop)).Revision == 1);
        await RepeatAsync(() => ports.Transitions.PruneAsync(Sample.Shop, Sample.Time.AddHours(1)));
    }

    private static MarketEntry Entry(string id) => new(id, MarketKind.Season, new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 5));

    private static AcquisitionCost Cost(string id) =>
        new(id, "google / cpc", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 5), new Domain.Currencies.Money(1_000));

    private static async Task RepeatAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (IOException)
        {
            await call();
        }
    }

    private static async Task<T> LookAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (IOException)
        {
            return await call();
        }
    }

    // Not idempotent: whoever repeats it looks first whether it was done.
    private static async Task OnceAsync(Func<Task> call, Func<Task<bool>> isDone)
    {
        try
        {
            await call();
        }
        catch (IOException)
        {
            if (!await isDone())
            {
                await call();
            }
        }
    }

    // Repeated, a commit that was done is fenced off: the journal is where it should be.
    private async Task AppendAsync(CustomerCommit commit)
    {
        try
        {
            await RepeatAsync(() => ports.Journal.AppendAsync(commit));
        }
        catch (SequenceConflictException)
        {
            Assert.Equal(commit.Row.Sequence, (await ports.Journal.FindTipAsync(commit.Row.Id)).Sequence);
        }
    }

    private async Task LettersAsync()
    {
        await RepeatAsync(
            () => ports.DeadLetters.AddAsync([Sample.Letter("m1"), Sample.Letter("m2"), Sample.Letter("m3"), Sample.Letter("m4")]));
        var letters = await LookAsync(() => ports.DeadLetters.ListAsync(Sample.Shop, new DeadLetterQuery(), 0, 10));
        await RepeatAsync(() => ports.DeadLetters.MarkReplayedAsync(Sample.Shop, letters[0].Id, Sample.Time));
        await RepeatAsync(() => ports.DeadLetters.DiscardAsync(Sample.Shop, letters[1].Id));
        await RepeatAsync(() => ports.DeadLetters.DiscardAsync(Sample.Shop, new DeadLetterQuery(OpenOnly: true)));
    }

    private async Task ExperimentsAsync()
    {
        await OnceAsync(
            async () => Assert.True(await ports.Experiments.TryPutAsync(Sample.Shop, Sample.Experiment("mail"))),
            async () => await ports.Experiments.FindAsync(Sample.Shop, new ExperimentId("mail")) is not null);
        await RepeatAsync(() => ports.Experiments.PutEffectAsync(Sample.Shop, new PolicyId("win-back"), Sample.Effect("win-back")));
        foreach (var customer in (string[])["bea", "anna"])
        {
            await RepeatAsync(() => ports.Exposures.ExposeAsync(Sample.Exposure("mail", customer)));
        }

        await RepeatAsync(() => ports.Exposures.FollowAsync(Sample.Shop, [Sample.Exposure("mail", "cleo") with { Unit = "d1" }], 7));
        var (today, settled) = (new DateOnly(2026, 3, 16), new DateOnly(2026, 3, 1));
        var due = await LookAsync(() => ports.Exposures.DueAsync(Sample.Shop, today, settled, 1));
        var measured = new ExposedUnit(due[0], Sample.Outcome(due[0], 3));
        await RepeatAsync(() => ports.Exposures.KeepAsync(Sample.Shop, [measured], settled));
    }

    private async Task PoliciesAsync()
    {
        await OnceAsync(
            async () => Assert.True(await ports.Policies.TryPutAsync(Sample.Shop, SamplePolicies.Record(), 0)),
            async () => (await ports.Policies.ReadAsync(Sample.Shop)).Revision == 1);
        await RepeatAsync(() => ports.Policies.SetModeAsync(Sample.Shop, SamplePolicies.Id, PolicyMode.Live, Sample.Time));
        await OnceAsync(
            async () => Assert.True(await ports.Policies.TryPutTermsAsync(Sample.Shop, PolicyTerms.Default with { IsStopped = true })),
            async () => (await ports.Policies.ReadAsync(Sample.Shop)).Terms.Revision == 1);
        var anna = Sample.Customer("anna");
        var taken = await LookAsync(() => ports.Decisions.TakeAsync(Sample.Shop, anna.Shard));
        var batch = SamplePolicies.Batch(taken.Writer, "anna", SamplePolicies.Decision("anna", 3), SamplePolicies.Decision("anna", 3, "b"));
        await OnceAsync(
            async () => Assert.Equal(DecisionStatus.Kept, await ports.Decisions.AppendAsync(batch)),
            async () => (await ports.Decisions.FindPastAsync(anna, default)).Decisions.Length == 2);
        await RepeatAsync(() => ports.Decisions.GiveBackAsync(Sample.Shop, batch.Decisions[0].Decision.Id, Sample.Time));
        await RepeatAsync(() => ports.Decisions.PruneAsync(Sample.Shop, Sample.Time.AddHours(1)));
    }

    private async Task JobsAsync()
    {
        var writer = await LookAsync(() => ports.Jobs.TakeAsync(Sample.Shop, JobLane.Models));
        JobRecord[] begun = [Sample.Job(JobKind.Drift, 1), Sample.Job(JobKind.Drift, 2, JobState.Waiting)];
        Assert.True(await LookAsync(() => ports.Jobs.TryPutAsync(Sample.Shop, JobLane.Models, writer, begun)));
        JobRecord[] ended = [Sample.Job(JobKind.Drift, 1, JobState.Failed)];
        Assert.True(await LookAsync(() => ports.Jobs.TryPutAsync(Sample.Shop, JobLane.Models, writer, ended)));
    }

    private async Task DeliveriesAsync()
    {
        var delivery = Sample.Delivery("d1", "anna");
        var shard = delivery.Customer.Shard;
        await RepeatAsync(() => ports.Deliveries.AddAsync(Sample.Shop, [delivery]));
        var writer = await LookAsync(() => ports.Deliveries.TakeAsync(Sample.Shop, shard));
        var dead = delivery with { State = DeliveryState.Dead, Attempts = 1, Reason = "gone" };
        Assert.True(await LookAsync(() => ports.Deliveries.TryPutAsync(Sample.Shop, shard, writer, [dead])));
        await RepeatAsync(() => ports.Deliveries.ReviveAsync(new DeliveryQuery(Sample.Shop), Sample.Time));
        var handed = delivery with { State = DeliveryState.Handed, Attempts = 1, HandedAt = Sample.Time };
        Assert.Equal(
            HandOverResult.Handed,
            await LookAsync(() => ports.Deliveries.HandOverAsync(Sample.Shop, shard, writer, handed, new DateOnly(2026, 3, 1))));
        await RepeatAsync(() => ports.Deliveries.AddAsync(Sample.Shop, [Sample.Delivery("d0", "anna")]));
        var ended = Sample.Delivery("d0", "anna") with { State = DeliveryState.Sent, EndedAt = Sample.Time };
        Assert.True(await LookAsync(() => ports.Deliveries.TryPutAsync(Sample.Shop, shard, writer, [ended])));
        await RepeatAsync(() => ports.Deliveries.PruneAsync(Sample.Shop, Sample.Time.AddHours(1)));
        await RepeatAsync(() => ports.Subscriptions.TryPutAsync(Sample.Shop, Sample.Subscription("crm")));
        await RepeatAsync(() => ports.Subscriptions.TryPutAsync(Sample.Shop, Sample.Subscription("erp")));
        await RepeatAsync(() => ports.Subscriptions.RemoveAsync(Sample.Shop, "erp"));
        await RepeatAsync(() => ports.Subscriptions.TryFollowAsync(
            Sample.Shop, shard, writer, "transitions", 3, [Sample.Delivery("d2", "anna")]));
        var mark = new AudienceMark("ads", Sample.Customer("anna"), 1);
        await LookAsync(() => ports.Audiences.TryKeepAsync(Sample.Shop, shard, writer, [], [mark]));
        await RepeatAsync(() => ports.Audiences.TryKeepAsync(Sample.Shop, shard, writer, [new AudienceMember(mark, true)], []));
        await RepeatAsync(() => ports.Audiences.TryTellAsync(
            Sample.Shop, shard, writer, Sample.Subscription("crm"),
            [(new AudienceNews("ads", Sample.Customer("anna"), true, 1), Sample.Delivery("d3", "anna"))]));
    }

    private async Task CredentialsAsync()
    {
        await RepeatAsync(() => ports.Credentials.TryAddAsync(Sample.Key("k1")));
        await RepeatAsync(() => ports.Credentials.ExpireAsync("k1", Sample.Time));
        await RepeatAsync(() => ports.Credentials.NoteUseAsync(["k1"], Sample.Time));
        await RepeatAsync(() => ports.Credentials.RevokeAsync("k1", Sample.Time));
        await RepeatAsync(() => ports.Credentials.PruneAsync(Sample.Time));
        await RepeatAsync(() => ports.KeyRing.AddAsync("key", "<key />"));
        await RepeatAsync(() => ports.Audit.AppendAsync([Sample.Audit("k1")]));
    }

    private async Task ModelsAsync()
    {
        var training = Sample.Training(1) with { Champion = "a-1" };
        await OnceAsync(
            () => ports.Registry.AddAsync(Sample.Shop, Sample.Version("b-1")),
            async () => await ports.Registry.FindAsync(Sample.Shop, "b-1") is not null);
        await OnceAsync(
            () => ports.Registry.AddFirstAsync(Sample.Shop, Sample.Version("first-1"), Sample.Time), () => IsChampionAsync("first-1"));
        await OnceAsync(
            () => ports.Registry.AddTrainingAsync(Sample.Shop, training, [Sample.Version("a-1")]),
            async () => (await ports.Registry.TrainingsAsync(Sample.Shop, 1)).Count == 1);
        await OnceAsync(() => ports.Registry.PromoteAsync(Sample.Shop, "b-1", Sample.Time), () => IsChampionAsync("b-1"));
        await OnceAsync(() => ports.Registry.RollBackAsync(Sample.Shop, Sample.Time), () => IsChampionAsync("a-1"));
        var record = new PredictionRecord
        {
            Model = "a-1",
            MadeOn = new DateOnly(2026, 1, 1),
            Days = 30,
            Groups = [new PredictedGroup(0, 1, 2, 3)],
        };
        await RepeatAsync(() => ports.Predictions.AddAsync(Sample.Shop, record));
        await RepeatAsync(() => ports.Predictions.AddTotalsAsync(Sample.Shop, [Sample.Total with { Outcome = null }]));
        await RepeatAsync(() => ports.Predictions.KeepMembersAsync(Sample.Shop, new("a"), new(2026, 1, 1), 9));
        await RepeatAsync(() => ports.Predictions.SettleAsync(Sample.Shop, [Sample.Total]));
    }

    private async Task<bool> IsChampionAsync(string id) => (await ports.Registry.FindChampionAsync(Sample.Shop))?.Version.Id == id;
}
