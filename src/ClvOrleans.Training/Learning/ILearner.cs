namespace ClvOrleans.Training.Learning;

/// <summary>A way to learn values from features.</summary>
internal interface ILearner
{
    /// <summary>Name, as in <c>--models</c> and in the tables.</summary>
    string Name { get; }

    /// <summary>Learns.</summary>
    /// <param name="rows">Rows of the features of the catalogue, one after the other; not a number stands for what is not known.</param>
    /// <param name="values">The value of each row, at least 0 and not all 0.</param>
    /// <param name="seed">Decides all randomness.</param>
    ILearned Fit(double[] rows, double[] values, int seed);
}
