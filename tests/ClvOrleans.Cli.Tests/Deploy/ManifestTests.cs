using ClvOrleans.Server.Hosting;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>The manifests for Kubernetes, read by the types of its API: an unknown or misplaced member is an error.</summary>
public sealed class ManifestTests
{
    private static readonly List<object> Objects = KubernetesYaml.LoadAllFromString(
        File.ReadAllText(Path.Combine(SharedData.Root(), "deploy", "kubernetes", "clvorleans.yaml")), strict: true);

    private static readonly Dockerfile Dockerfile = Dockerfile.Read(Path.Combine(SharedData.Root(), "deploy", "Dockerfile"));

    private static V1Deployment Deployment => Objects.OfType<V1Deployment>().Single();

    private static V1PodSpec Pod => Deployment.Spec.Template.Spec;

    private static V1Container Silo => Pod.Containers.Single();

    [Fact]
    public void It_is_a_deployment_with_its_budget_its_service_and_its_network() => Assert.Equal(
        ["V1Deployment", "V1PodDisruptionBudget", "V1Service", "V1NetworkPolicy"], Objects.Select(o => o.GetType().Name));

    [Fact]
    public void Every_part_selects_the_pods()
    {
        var labels = Deployment.Spec.Template.Metadata.Labels;
        Assert.All(
            [
                Deployment.Spec.Selector.MatchLabels, Objects.OfType<V1Service>().Single().Spec.Selector,
                Objects.OfType<V1PodDisruptionBudget>().Single().Spec.Selector.MatchLabels,
                Objects.OfType<V1NetworkPolicy>().Single().Spec.PodSelector.MatchLabels,
            ],
            selector => Assert.Equal(labels, selector));
    }

    [Fact]
    public void The_pod_may_do_nothing_that_the_image_does_not_need()
    {
        Assert.False(Pod.AutomountServiceAccountToken);
        Assert.True(Pod.SecurityContext.RunAsNonRoot);
        Assert.True(Silo.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(Silo.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], Silo.SecurityContext.Capabilities.Drop);
        Assert.DoesNotContain("cpu", Silo.Resources.Limits.Keys);
        Assert.Equal("clvorleans-owner", Silo.Env.Single(e => e.Name == "Access__OwnerKey").ValueFrom.SecretKeyRef.Name);
    }

    [Fact]
    public void Port_folder_and_probes_are_the_images()
    {
        Assert.Equal(Dockerfile.Of("EXPOSE"), $"{Silo.Ports.Single().ContainerPort}");
        Assert.Contains(Silo.VolumeMounts, m => m.MountPath == Dockerfile.Of("VOLUME"));
        Assert.Equal(
            ("/health/live", "/health/ready", "/health/live"),
            (Silo.StartupProbe.HttpGet.Path, Silo.ReadinessProbe.HttpGet.Path, Silo.LivenessProbe.HttpGet.Path));
    }

    [Fact]
    public void It_ends_after_the_drain_and_what_the_host_needs_and_is_configured_rightly()
    {
        var options = Silo.Env.Where(e => e.Value is not null).ToDictionary(
            e => e.Name.Replace("__", ":", StringComparison.Ordinal), string? (e) => e.Value);
        var services = new ServiceCollection();
        Configured.Add(services);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(options).Build();
        Assert.Empty(Configured.FindMistakes(services, configuration));
        var drain = TimeSpan.Parse(options["Http:Drain"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(TimeSpan.FromSeconds(Pod.TerminationGracePeriodSeconds!.Value) > drain + new HostOptions().ShutdownTimeout);

        // Taken out of the service before it stops to answer.
        Assert.True(drain > TimeSpan.FromSeconds(Silo.ReadinessProbe.PeriodSeconds!.Value * Silo.ReadinessProbe.FailureThreshold!.Value));
    }

    [Fact]
    public void An_upgrade_adds_a_silo_before_it_takes_one_away()
    {
        var rolling = Deployment.Spec.Strategy.RollingUpdate;
        Assert.Equal(("0", "1"), (rolling.MaxUnavailable.Value, rolling.MaxSurge.Value));
        Assert.Equal("2", Objects.OfType<V1PodDisruptionBudget>().Single().Spec.MinAvailable.Value);
    }
}
