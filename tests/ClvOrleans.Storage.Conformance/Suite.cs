namespace ClvOrleans.Storage.Conformance;

/// <summary>What the suite consists of, so that an engine can be held to run all of it.</summary>
public static class Suite
{
    /// <summary>Names of the test classes.</summary>
    public static IEnumerable<string> Classes =>
        typeof(Suite).Assembly.GetExportedTypes().Where(t => IsTestClass(t.BaseType)).Select(t => t.Name);

    /// <summary>Names of the test classes that an engine runs.</summary>
    /// <param name="engine">The class that holds a nested class for each.</param>
    public static IEnumerable<string> RunBy(Type engine) => engine.GetNestedTypes().Select(t => t.BaseType!.Name);

    private static bool IsTestClass(Type? type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(StoreTests<>);
}
